/** Serves the page of the web client, under a strict policy, alone or with the API beside it. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http, { type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname } from 'node:path'
import { LANDMARKS_FRAME_FILE, WEB_CLIENT_FOLDER } from '@bemore/testing'
import { passOn, passUpgradeOn } from './proxy.js'

export interface PageServer {
  /** `http://localhost:port`, the origin of the page. */
  readonly origin: string
  /** From now on the page is served, for an API elsewhere or passed on to from here. */
  serveFor(apiUrl: string, place: 'cross-origin' | 'same-origin'): void
  close(): Promise<void>
}

/** Ports that a deployment allows unless it says otherwise. */
const USUAL_PORTS = [5173, 4173, 0]
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
const PASSED_ON = /^\/(api|ws)\//

export async function startPageServer(): Promise<PageServer> {
  let apiUrl = ''
  let isApart = true
  let origin = ''

  const policy = () => {
    const beside = isApart ? ` ${apiUrl} ${apiUrl.replace('http', 'ws')}` : ''
    return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'${beside}; form-action 'self'; base-uri 'none'`
  }
  const environment = () => {
    const base = isApart ? apiUrl : origin
    const env = { API_URL: base, WS_URL: base.replace('http', 'ws') }
    return `window.__ENV__ = ${JSON.stringify(env)}\n`
  }

  const serve = async (path: string, reply: ServerResponse) => {
    const type = TYPES[extname(path)]
    // Every address of the app that is no file is the app itself.
    const name = type === undefined ? '/index.html' : path
    const body =
      name === '/env.js'
        ? environment()
        : await readFile(
            name === '/landmarks-frame.json'
              ? LANDMARKS_FRAME_FILE
              : new URL(`.${name}`, WEB_CLIENT_FOLDER),
          ).catch(() => null)
    reply.setHeader('content-security-policy', policy())
    reply.setHeader('content-type', type ?? TYPES['.html'] ?? '')
    reply.setHeader('cache-control', 'no-cache')
    reply.writeHead(body === null ? 404 : 200).end(body)
  }

  const server = http.createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    if (!isApart && PASSED_ON.test(pathname)) passOn(request, reply, apiUrl)
    else void serve(pathname, reply)
  })
  server.on('upgrade', (request, socket: Socket, head) => {
    if (isApart) socket.destroy()
    else passUpgradeOn(request, socket, head, apiUrl)
  })
  origin = `http://localhost:${await listenOnOneOf(server, USUAL_PORTS)}`

  return {
    origin,
    serveFor(url, place) {
      apiUrl = url
      isApart = place === 'cross-origin'
    },
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listenOnOneOf(server: http.Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    server.listen(port, 'localhost')
    const [outcome] = await Promise.race([
      once(server, 'listening').then(() => [null]),
      once(server, 'error'),
    ]).catch((error: unknown) => [error])
    if (outcome === null) return (server.address() as AddressInfo).port
  }
  throw new Error('no port for the page')
}

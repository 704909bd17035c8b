import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@bemore/embedded-postgres'
import type { TestContext } from '@bemore/testing'
import { until } from './until.js'

export interface Servers {
  /** `http://host:port` of the API, which carries the sockets too. */
  readonly apiUrl: string
  /** All that both have written. */
  output(): string
}

const HOST = '127.0.0.1'
const READY_WITHIN_MS = 60_000

/** The API and the realtime process as they are deployed, on a database, both ready. */
export async function startServers(
  t: Pick<TestContext, 'teardown'>,
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Servers> {
  const port = await findFreePort()
  const realtimePort = await findFreePort()
  const { PATH = '' } = process.env
  const shared = {
    ...{ PATH, HOST, PORT: String(port), REALTIME_PORT: String(realtimePort) },
    REALTIME_INTERNAL_URL: `http://${HOST}:${realtimePort}`,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: 'a secret for the scripted browser, and for nothing else',
    // A machine that runs other tests beside is slow, and that is no subject here.
    ...{ LOOP_DELAY_SHED_MS: '10000', DATABASE_PROBE_TIMEOUT_MS: '5000' },
    ...env,
  }
  let output = ''
  const start = (app: 'api' | 'realtime') => {
    const entry = fileURLToPath(
      new URL(`../../../../apps/${app}/dist/src/server.js`, import.meta.url),
    )
    const child = spawn(process.execPath, [entry], {
      env: shared,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (chunk: unknown) => {
      output += String(chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    t.teardown(() => stop(child))
    return child
  }
  const children = [start('realtime'), start('api')]
  for (const url of [`http://${HOST}:${realtimePort}`, `http://${HOST}:${port}`]) {
    await until(
      `${url} is ready`,
      async () => {
        const dead = children.find(({ exitCode }) => exitCode !== null)
        if (dead !== undefined) throw new Error(`a server ended with ${dead.exitCode}:\n${output}`)
        return (await fetch(`${url}/readyz`).catch(() => null))?.status === 200
      },
      READY_WITHIN_MS,
    )
  }
  return { apiUrl: `http://${HOST}:${port}`, output: () => output }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

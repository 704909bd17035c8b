// The way to a host, one layer at a time. Each probe gives what it saw, or throws what it proves.
import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Fault } from './fault.js'
import { type Localized, localized, verbatim } from './localized.js'
import { TimeLimitError, within } from './time-limit.js'

/** The addresses of a host. @throws Fault DNS_FAILED */
export async function resolveHost(host: string, limitMs: number): Promise<Localized> {
  if (isIP(host) !== 0) return localized(`${host} is an address`, `${host} (IP 주소)`)
  try {
    const found = await within(limitMs, () => lookup(host, { all: true }))
    return verbatim(`${host} → ${found.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    if (error instanceof TimeLimitError) {
      throw new Fault('DNS_FAILED', noAnswer(`${host}`, limitMs))
    }
    throw new Fault('DNS_FAILED', verbatim(`${host}: ${codeOf(error)}`))
  }
}

/** @throws Fault CONNECTION_REFUSED, CONNECTION_TIMEOUT */
export async function openTcp(host: string, port: number, limitMs: number): Promise<Localized> {
  const socket = connect({ host, port })
  try {
    await within(limitMs, () => settled(socket, 'connect'))
    return verbatim(`${socket.remoteAddress ?? host}:${port}`)
  } catch (error) {
    throw toConnectFault(error, `${host}:${port}`, limitMs)
  } finally {
    socket.destroy()
  }
}

/** @throws Fault TLS_FAILED; HTTP_TIMEOUT where the other side says nothing at all */
export async function openTls(host: string, port: number, limitMs: number): Promise<Localized> {
  const socket = connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) })
  try {
    await within(limitMs, () => settled(socket, 'secureConnect'))
    return describeTls(socket)
  } catch (error) {
    if (error instanceof TimeLimitError) {
      throw new Fault('HTTP_TIMEOUT', noAnswer('TLS', limitMs))
    }
    throw new Fault('TLS_FAILED', verbatim(`${codeOf(error)}: ${(error as Error).message}`))
  } finally {
    socket.destroy()
  }
}

/** What an error on the way to an open connection says of the other side. */
export function toConnectFault(error: unknown, where: string, limitMs: number): Fault {
  if (error instanceof TimeLimitError) {
    return new Fault('CONNECTION_TIMEOUT', noAnswer(where, limitMs))
  }
  const codes = codesOf(error)
  const isRefused = codes.some((code) => code === 'ECONNREFUSED' || code === 'ECONNRESET')
  const code = isRefused ? 'CONNECTION_REFUSED' : 'CONNECTION_TIMEOUT'
  return new Fault(code, verbatim(`${where}: ${[...new Set(codes)].join(', ')}`))
}

export function noAnswer(where: string, limitMs: number): Localized {
  const seconds = (limitMs / 1000).toFixed(1).replace(/\.0$/, '')
  return localized(
    `${where}: no answer within ${seconds} s`,
    `${where}: ${seconds}초 안에 응답 없음`,
  )
}

/** The code the system, TLS or the parser gave an error, or its message. */
export function codeOf(error: unknown): string {
  return codesOf(error)[0] ?? 'unknown'
}

/** A failure on every address of a host is an AggregateError. */
function codesOf(error: unknown): string[] {
  const { code, errors, message } = error as NodeJS.ErrnoException & {
    readonly errors?: readonly unknown[]
  }
  if (errors !== undefined && errors.length > 0) return errors.flatMap(codesOf)
  return [code ?? message]
}

function settled(socket: Socket | TLSSocket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve())
    // The listener stays: an error after the verdict would end the process.
    socket.on('error', reject)
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
  })
}

const DAY_MS = 86_400_000

function describeTls(socket: TLSSocket): Localized {
  const protocol = socket.getProtocol() ?? 'TLS'
  const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / DAY_MS)
  if (Number.isNaN(days)) return verbatim(protocol)
  return localized(
    `${protocol}, certificate valid for ${days} more days`,
    `${protocol}, 인증서 ${days}일 남음`,
  )
}

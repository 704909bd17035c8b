import { isIP } from 'node:net'
import { UsageError } from '../command.js'

/** The address under examination, taken apart. */
export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** A name or an address, IPv6 without brackets. */
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

/** @throws UsageError where it is no http(s) URL */
export function parseTarget(text: string): Target {
  const whole = /^[\w.-]+(:\d+)?$/.test(text) ? `http://${text}` : text
  const url = URL.canParse(whole) ? new URL(whole) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`the URL starts with http:// or https://, not "${text}"`)
  }
  const isSecure = url.protocol === 'https:'
  return {
    baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 443 : 80),
    isSecure,
  }
}

/** Whether a host can only mean the machine that reads its name. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare) === 4) return bare.startsWith('127.') || bare === '0.0.0.0'
  return bare === '::1' || bare === '::' || bare === 'localhost' || bare.endsWith('.localhost')
}

import type { FastifyRequest } from 'fastify'
import Type from 'typebox'

/**
 * Who calls where nobody is signed in: a device id the client made up and keeps. It names the sessions
 * of nobody that began on that device, so it is worth as much as its length; the web client's has 30
 * characters.
 */
export const DEVICE_ID_HEADER = 'x-device-id'

export const DeviceIdSchema = Type.String({
  pattern: '^[A-Za-z0-9._:~-]{8,128}$',
  description:
    'An unguessable id the client made and keeps. Without a token it names the sessions of this device: whoever has it can list them.',
  examples: ['device_1761300000000_k3j9x2m1q_001'],
})

export const IdempotencyKeySchema = Type.String({
  pattern: '^[\\x21-\\x7e]{1,200}$',
  description:
    'Any text unique to this start; a repetition with the same key gives the same session',
  examples: ['0b7c9f0e-6f0a-4a55-8f0c-2f7b2f3f9a11'],
})

/** What a repeated request is recognised within, so that strangers' keys cannot collide. */
export function scopeOf(request: FastifyRequest, deviceId: string | undefined): string {
  if (request.caller !== null) return `user:${request.caller.userId}`
  return deviceId === undefined ? `address:${request.ip}` : `device:${deviceId}`
}

import { CHANNELS } from '@bemore/protocol'
import Type, { type Static } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { CONSENT_EVENT_SCHEMAS } from './consent-events.js'
import { BaselineSetSchema, FaceWindowSchema } from './face-events.js'
import { FEEDBACK_EVENT_SCHEMAS } from './feedback-events.js'
import { SCORE_EVENT_SCHEMAS } from './score-events.js'
import {
  CbtInterventionSchema,
  ChatMessageSchema,
  RiskFlaggedSchema,
  TextUtteranceSchema,
} from './text-events.js'
import { VoiceWindowSchema } from './voice-events.js'

/**
 * The closed union of session events. The log of these is the truth of a session; everything else is
 * a fold over it. A fold skips a type it does not know (an older process reading a newer one's log
 * during a rolling deploy), so a type is added here freely but never given another meaning.
 */
export const EVENT_SCHEMAS = {
  'session.started': Type.Object({
    ownerId: Type.Optional(Type.String()),
    deviceId: Type.Optional(Type.String()),
    counselorId: Type.Optional(Type.String()),
    language: Type.Enum(['en', 'ko']),
  }),
  'session.paused': Type.Object({}),
  'session.resumed': Type.Object({}),
  'session.ended': Type.Object({
    reason: Type.Enum(['client', 'abandoned']),
  }),
  'channel.opened': Type.Object({
    channel: Type.Enum([...CHANNELS]),
    connectionId: Type.String(),
    processId: Type.String(),
  }),
  'channel.closed': Type.Object({
    channel: Type.Enum([...CHANNELS]),
    connectionId: Type.String(),
    processId: Type.String(),
    /** WebSocket close code; 0 where the process died and another closed the channel for it. */
    code: Type.Integer({ minimum: 0, maximum: 4999 }),
  }),
  'face.window': FaceWindowSchema,
  'voice.window': VoiceWindowSchema,
  'baseline.set': BaselineSetSchema,
  'text.utterance': TextUtteranceSchema,
  'cbt.intervention': CbtInterventionSchema,
  'risk.flagged': RiskFlaggedSchema,
  'chat.message': ChatMessageSchema,
  ...CONSENT_EVENT_SCHEMAS,
  ...FEEDBACK_EVENT_SCHEMAS,
  ...SCORE_EVENT_SCHEMAS,
} as const

export type SessionEventType = keyof typeof EVENT_SCHEMAS
export type SessionEventData<Name extends SessionEventType> = Static<(typeof EVENT_SCHEMAS)[Name]>

interface Stamped<Name extends SessionEventType> {
  readonly type: Name
  /** When it happened, Unix ms on the producer's clock. */
  readonly at: number
  readonly data: SessionEventData<Name>
}

/** An event as its producer makes it, before the log gives it a place. */
export type NewSessionEvent = { [Name in SessionEventType]: Stamped<Name> }[SessionEventType]

/** An event in the log: `seq` starts at 1 and has no gaps within a session. */
export type SessionEvent = NewSessionEvent & { readonly sessionId: string; readonly seq: number }

const validators = new Map<string, Validator>(
  Object.entries(EVENT_SCHEMAS).map(([type, schema]) => [type, Compile(schema)]),
)

/**
 * Checks an event against the schema of its type.
 * @returns null when it fits, else what is wrong, in words for a log line (never the data itself).
 */
export function describeEventFault(event: { type: string; data: unknown }): string | null {
  const validator = validators.get(event.type)
  if (validator === undefined) return `unknown event type ${event.type}`
  if (validator.Check(event.data)) return null
  const first = validator.Errors(event.data)[0]
  return `${event.type}${first?.instancePath ?? ''}: ${first?.message ?? 'does not fit its schema'}`
}

/** Shorthand for producers: `createEvent('session.paused', now, {})`. */
export function createEvent<Name extends SessionEventType>(
  type: Name,
  at: number,
  data: SessionEventData<Name>,
): Extract<NewSessionEvent, { type: Name }> {
  return { type, at, data } as unknown as Extract<NewSessionEvent, { type: Name }>
}

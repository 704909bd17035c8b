import Type, { type Static } from 'typebox'
import { CHANNELS } from './channels.js'
import { ConsentStatusData } from './consent.js'
import { EMOTIONS } from './emotions.js'
import { ERRORS, type ErrorCode } from './error-codes.js'
import { ChannelSeqs } from './hello.js'
import { eventMessage, message } from './message-schema.js'
import { SPOKEN_MESSAGES } from './spoken-messages.js'

/** Every server message is a JSON text `{type, data}`; the schemas here are the only definition. */

const Unit = Type.Number({ minimum: 0, maximum: 1 })
const Signed = Type.Number({ minimum: -1, maximum: 1 })

export const SessionStatusSchema = Type.Enum(['active', 'paused', 'ended'])
export type SessionStatus = Static<typeof SessionStatusSchema>

export const EmotionOrUnknownSchema = Type.Enum([...EMOTIONS, 'unknown'])

export const LimitsSchema = Type.Object({
  maxMessageBytes: Type.Integer(),
  landmarkFramesPerSecond: Type.Number(),
  voiceFramesPerSecond: Type.Number(),
  pingIntervalMs: Type.Integer(),
  idleTimeoutMs: Type.Integer(),
  slowConsumerBytes: Type.Integer(),
  slowConsumerMs: Type.Integer(),
})

/** First message on every socket, always. */
export const Connected = message(
  'connected',
  Type.Object({
    channel: Type.Enum([...CHANNELS, 'all']),
    sessionId: Type.String(),
    status: SessionStatusSchema,
    serverTime: Type.Integer({ description: 'Unix time, ms' }),
    limits: LimitsSchema,
    epoch: Type.String({ description: 'Names this connection; a reconnect gets a new one' }),
  }),
)

export const Pong = message(
  'pong',
  Type.Object({
    timestamp: Type.Integer({ description: 'Server time, Unix ms' }),
    sessionId: Type.String(),
    status: SessionStatusSchema,
  }),
)

/** Live estimate, at most 5 a second and only when it changed. */
export const Affect = message(
  'affect',
  Type.Object({
    label: EmotionOrUnknownSchema,
    status: Type.Enum(['measured', 'no-face', 'pose-rejected', 'invalid']),
    probabilities: Type.Record(Type.String(), Unit),
    valence: Type.Union([Signed, Type.Null()]),
    arousal: Type.Union([Signed, Type.Null()]),
    dominance: Type.Union([Signed, Type.Null()]),
    confidence: Unit,
    quality: Unit,
    evidence: Type.Object({
      au: Type.Record(Type.String(), Type.Number({ minimum: 0 })),
      sources: Type.Array(Type.Enum(['face', 'voice', 'text']), {
        description: 'What the estimate rests on',
      }),
    }),
    aspectAssumed: Type.Boolean(),
    source: Type.Literal('local'),
    timestamp: Type.Integer(),
  }),
)

/** Each closed window (10 s of the session's clock). `unknown` where no usable face was seen. */
export const EmotionUpdate = eventMessage(
  'emotion_update',
  Type.Object({
    emotion: EmotionOrUnknownSchema,
    confidence: Unit,
    frameCount: Type.Integer({ minimum: 0 }),
    sttSnippet: Type.String(),
    timestamp: Type.Integer(),
    valence: Type.Union([Signed, Type.Null()]),
    arousal: Type.Union([Signed, Type.Null()]),
    dominance: Type.Union([Signed, Type.Null()]),
    quality: Unit,
    window: Type.Integer({ minimum: 0, description: 'Index of the window on the session clock' }),
  }),
)

export const StatusUpdate = message(
  'status_update',
  Type.Object({
    sessionId: Type.String(),
    status: SessionStatusSchema,
    startedAt: Type.Integer(),
    elapsedMs: Type.Integer({ minimum: 0 }),
    timestamp: Type.Integer(),
  }),
)

const SessionChange = Type.Object({
  sessionId: Type.String(),
  status: SessionStatusSchema,
  timestamp: Type.Integer(),
})
/** Told to every socket of the session, whichever side asked for the change. */
export const SessionPaused = eventMessage('session_paused', SessionChange)
export const SessionResumed = eventMessage('session_resumed', SessionChange)
export const SessionEnded = eventMessage(
  'session_ended',
  Type.Object({ ...SessionChange.properties, reason: Type.String() }),
)
/** Answers to a command that came over the socket, to that socket only. */
export const PauseSuccess = message('pause_success', SessionChange)
export const ResumeSuccess = message('resume_success', SessionChange)
export const EndSuccess = message('end_success', SessionChange)

/** How consent stands: the answer to `consent`, and told to every socket when it changes. */
export const ConsentStatus = eventMessage('consent_status', ConsentStatusData)

/**
 * Answer to `hello`; numbered frames are taken from here on. `recovered`: nothing of the epoch is
 * missing, and the client sends again what it holds above `receivedSeq`. Otherwise the epoch is new.
 */
export const Ready = message(
  'ready',
  Type.Object({
    recovered: Type.Boolean(),
    epoch: Type.String(),
    generation: Type.Integer({ minimum: 0 }),
    ackedSeq: ChannelSeqs,
    receivedSeq: ChannelSeqs,
    credit: Type.Integer({ minimum: 0, description: 'Frames to be sent above receivedSeq' }),
    eventSeq: Type.Integer({
      minimum: 0,
      description: 'Once the events that follow have come: what to say as lastEventSeq',
    }),
    heartbeatMs: Type.Integer({ description: 'How often the server pings' }),
    limits: LimitsSchema,
  }),
)

/** Every frame up to `seq` (-1: none) is inside an aggregate that a death of the server cannot lose. */
export const Ack = message(
  'ack',
  Type.Object({
    channel: Type.Enum(['landmarks', 'voice']),
    seq: Type.Integer({ minimum: -1 }),
    received: Type.Integer({ minimum: -1, description: 'Highest number taken so far' }),
    credit: Type.Integer({ minimum: 0, description: 'Frames to be sent above `received`' }),
  }),
)

/** The server wants less than the client sends; dropped frames are counted in the window. */
export const Rate = message(
  'rate',
  Type.Object({
    channel: Type.Enum([...CHANNELS]),
    maxFps: Type.Number(),
    reason: Type.String(),
  }),
)

export const Draining = message(
  'draining',
  Type.Object({ reconnectAfterMs: Type.Integer({ minimum: 0 }), reason: Type.String() }),
)

/** Precedes every close by the server; a bad frame costs the frame, not the socket. */
export const ErrorMessage = message(
  'error',
  Type.Object({
    code: Type.Unsafe<ErrorCode>(Type.Enum(Object.keys(ERRORS))),
    message: Type.String(),
    temporary: Type.Boolean(),
    retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
    ref: Type.Optional(Type.String({ description: 'What exactly was wrong, e.g. TRUNCATED' })),
  }),
)

export const SERVER_MESSAGES = [
  Connected,
  Pong,
  Affect,
  EmotionUpdate,
  StatusUpdate,
  SessionPaused,
  SessionResumed,
  SessionEnded,
  PauseSuccess,
  ResumeSuccess,
  EndSuccess,
  ConsentStatus,
  Ready,
  Ack,
  Rate,
  Draining,
  ErrorMessage,
  ...SPOKEN_MESSAGES,
] as const

export type ServerMessage = Static<(typeof SERVER_MESSAGES)[number]>
export type ServerMessageType = ServerMessage['type']
export type ServerMessageData<Name extends ServerMessageType> = Extract<
  ServerMessage,
  { type: Name }
>['data']

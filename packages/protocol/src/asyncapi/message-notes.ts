import type { SocketScope } from '../channels.js'
import type { ClientMessageType } from '../client-messages.js'
import type { ServerMessageType } from '../server-messages.js'

/** Which sockets get a message, apart from the multiplexed one, which gets all; and what it says. */
export interface ServerNote {
  readonly on: readonly SocketScope[]
  readonly summary: string
}

const ANY: readonly SocketScope[] = ['landmarks', 'voice', 'session']

export const SERVER_NOTES: Readonly<Record<ServerMessageType, ServerNote>> = {
  connected: {
    on: ANY,
    summary: 'First, always: the status, and the limits the socket is held to',
  },
  pong: { on: ANY, summary: 'Answer to `ping`' },
  affect: { on: ['landmarks'], summary: 'Live estimate, at most 5 a second, when it changed' },
  emotion_update: {
    on: ['landmarks'],
    summary: 'A ten-second window that is stored; the same `window` again replaces it',
  },
  status_update: { on: ['session'], summary: 'Answer to `get_status`' },
  session_paused: { on: ANY, summary: 'The session was paused, by whichever side' },
  session_resumed: { on: ANY, summary: 'It goes on' },
  session_ended: { on: ANY, summary: 'It has ended; the socket is closed with 4410' },
  pause_success: { on: ['session'], summary: 'Answer to `pause`' },
  resume_success: { on: ['session'], summary: 'Answer to `resume`' },
  end_success: { on: ['session'], summary: 'Answer to `end`' },
  consent_status: { on: ANY, summary: 'How consent stands: answer to `consent`, and on a change' },
  ready: { on: ANY, summary: 'Answer to `hello`: what was recovered, and what may be sent' },
  ack: { on: ['landmarks', 'voice'], summary: 'What is safe, and what may be sent; after `hello`' },
  rate: { on: ANY, summary: 'Frames above this are dropped, and counted' },
  draining: { on: ANY, summary: 'The server stops: the socket is closed with 4301 in a moment' },
  error: {
    on: ANY,
    summary: 'What is wrong; where it ends the socket, the close code says so too',
  },
  vad_analysis: { on: ['voice'], summary: 'Speech and pauses up to a stored ten-second window' },
  stt_received: { on: ['voice'], summary: 'An utterance was taken' },
  cbt_intervention: { on: ['session'], summary: 'What was found in it: questions and tasks' },
  risk_notice: { on: ANY, summary: 'Who can be called; show it before anything else' },
  ai_stream_begin: { on: ['session'], summary: 'A reply begins' },
  ai_stream_chunk: { on: ['session'], summary: 'A piece of it' },
  ai_stream_complete: { on: ['session'], summary: 'It is whole, and who wrote it' },
  ai_stream_error: { on: ['session'], summary: 'There will be no reply' },
}

export interface ClientNote {
  readonly summary: string
  /** What answers it on the same socket; nothing: it is only taken. */
  readonly answeredBy?: readonly ServerMessageType[]
}

export const CLIENT_NOTES: Readonly<Record<ClientMessageType, ClientNote>> = {
  ping: { summary: 'A sign of life; send one at least every 45 s', answeredBy: ['pong'] },
  hello: {
    summary: 'Asks for acknowledgement, credit and resume; before the first frame',
    answeredBy: ['ready'],
  },
  get_status: { summary: 'Asks how the session stands', answeredBy: ['status_update'] },
  pause: { summary: 'Pauses the session', answeredBy: ['pause_success'] },
  resume: { summary: 'Resumes it', answeredBy: ['resume_success'] },
  end: { summary: 'Ends it', answeredBy: ['end_success'] },
  consent: {
    summary: 'Grants (true), refuses or withdraws (false); nothing in it asks',
    answeredBy: ['consent_status'],
  },
  voice_activity: { summary: 'Speech as the client detects it; voice frames win over it' },
  vad_result: { summary: 'The same by an earlier name' },
  stt_text: { summary: 'An utterance; once under its `id`, however often it is sent' },
  request_ai_response: {
    summary: 'A turn in the chat; one reply at a time',
    answeredBy: ['ai_stream_begin', 'ai_stream_chunk', 'ai_stream_complete', 'ai_stream_error'],
  },
}

import { createChannel } from './channel.js'
import { readEmotionUpdate } from './emotion-update.js'
import { readVoiceAnalysis } from './voice-analysis.js'

const OPEN_WITHIN_MS = 5_000
const LOOK_MS = 50
const NAMES = ['landmarks', 'voice', 'session']

/**
 * The three sockets of a session, at addresses the client makes itself.
 * @param on.change something opened or closed @param on.emotion @param on.voice @param on.subtitle
 */
export function openSessionSockets({ wsUrl, sessionId, on, ...options }) {
  const received = []
  const handlers = {
    landmarks(message) {
      if (message.type !== 'emotion_update') return
      const update = readEmotionUpdate(message.data)
      if (update !== null) on.emotion(update)
    },
    voice(message) {
      if (message.type === 'vad_analysis' || message.type === 'vad_realtime') {
        on.voice(readVoiceAnalysis(message.data))
      }
      if (message.type === 'stt_received') on.subtitle(message.data?.text ?? '')
    },
    session(message) {
      if (message.type === 'ai_stream_chunk') on.chunk?.(message.data.chunk)
      if (message.type === 'ai_stream_error') on.chatError?.(message.data.error)
    },
  }
  const channels = Object.fromEntries(
    NAMES.map((name) => [
      name,
      createChannel({
        ...options,
        url: `${wsUrl}/ws/${name}/${sessionId}`,
        onChange: on.change,
        onMessage(message) {
          received.push({ channel: name, ...message })
          handlers[name](message)
        },
      }),
    ]),
  )
  const all = Object.values(channels)
  const areOpen = () => all.every((channel) => channel.isOpen())
  return {
    channels,
    received,
    areOpen,
    /** @throws Error when one of the three is not open within 5 s */
    async whenOpen() {
      const deadline = Date.now() + OPEN_WITHIN_MS
      while (!areOpen()) {
        if (Date.now() > deadline) throw new Error('WebSocket 연결 시간 초과')
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      }
    },
    /** The session has ended: what closes now stays closed. */
    forgo() {
      for (const channel of all) channel.forgo()
    },
    close() {
      for (const channel of all) channel.close()
    },
  }
}

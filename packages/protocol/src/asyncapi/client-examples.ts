import type { ClientMessageType } from '../client-messages.js'

const AT = Date.UTC(2026, 0, 5, 9, 30)

/** What stands beside `type`; a test holds each against its schema. */
export const CLIENT_EXAMPLES: Readonly<Record<ClientMessageType, object>> = {
  ping: {},
  hello: { data: { sdk: 'my-client/1', clientTime: AT } },
  get_status: {},
  pause: {},
  resume: {},
  end: {},
  consent: { data: { face: true, voice: true, text: false } },
  voice_activity: { data: { isSpeech: true, timestamp: AT, duration: 1_200 } },
  vad_result: { data: { isSpeech: false, timestamp: AT } },
  stt_text: { data: { text: '저는 하는 일마다 실패해요.', final: true, id: 'u-1', lang: 'ko' } },
  request_ai_response: {
    data: { message: '오늘은 조금 나아졌어요.', emotion: 'happy', timestamp: AT },
  },
}

/** A camera that runs and sees no face: the shortest landmark frame there is. */
export const LANDMARKS_EXAMPLE = { type: 'landmarks', data: [], timestamp: AT, aspect: 1.333 }

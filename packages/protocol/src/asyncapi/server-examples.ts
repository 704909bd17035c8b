import { ERRORS } from '../error-codes.js'
import type { ServerMessageData, ServerMessageType } from '../server-messages.js'

const AT = Date.UTC(2026, 0, 5, 9, 30)
const sessionId = 'sess_3vYkq0J8Zt5cWm1xPbN7Lg'
const epoch = '0b7c9f0e-6f0a-4a55-8f0c-2f7b2f3f9a11'
const replyId = '5d1a2c1e-93c1-4a0e-8f7e-6b8e2f0c9d55'
const limits = {
  ...{ maxMessageBytes: 131_072, landmarkFramesPerSecond: 60, voiceFramesPerSecond: 60 },
  ...{ pingIntervalMs: 20_000, idleTimeoutMs: 45_000 },
  ...{ slowConsumerBytes: 262_144, slowConsumerMs: 5_000 },
}
const change = <Status extends 'active' | 'paused' | 'ended'>(status: Status) => ({
  ...{ sessionId, status, timestamp: AT },
})
const affect = { valence: 0.42, arousal: 0.18, dominance: 0.07, confidence: 0.71, quality: 0.93 }

/** The data of one message of each type. */
export const SERVER_EXAMPLES: { readonly [Name in ServerMessageType]: ServerMessageData<Name> } = {
  connected: {
    ...{ channel: 'landmarks', sessionId, status: 'active', serverTime: AT, limits, epoch },
  },
  pong: { timestamp: AT, sessionId, status: 'active' },
  affect: {
    ...{ label: 'happy', status: 'measured', probabilities: { happy: 0.74, neutral: 0.19 } },
    ...affect,
    evidence: { au: { AU6: 1.8, AU12: 2.4 }, sources: ['face'] },
    ...{ aspectAssumed: false, source: 'local', timestamp: AT },
  },
  emotion_update: {
    ...{ emotion: 'happy', frameCount: 98, sttSnippet: '', timestamp: AT, window: 3 },
    ...affect,
  },
  status_update: {
    ...{ sessionId, status: 'active', startedAt: AT, elapsedMs: 93_500, timestamp: AT + 93_500 },
  },
  session_paused: change('paused'),
  session_resumed: change('active'),
  session_ended: { ...change('ended'), reason: 'client' },
  pause_success: change('paused'),
  resume_success: change('active'),
  end_success: change('ended'),
  consent_status: {
    ...{ face: 'granted', voice: 'granted', text: 'refused' },
    ...{ noticeVersion: '1', context: 'counselling' },
  },
  ready: {
    ...{ recovered: true, epoch, generation: 1 },
    ...{ ackedSeq: { landmarks: 140 }, receivedSeq: { landmarks: 171 } },
    ...{ credit: 120, eventSeq: 9, heartbeatMs: 20_000, limits },
  },
  ack: { channel: 'landmarks', seq: 140, received: 171, credit: 112 },
  rate: { channel: 'landmarks', maxFps: 60, reason: 'above the limit' },
  draining: { reconnectAfterMs: 3_200, reason: 'server draining' },
  error: {
    ...{ code: 'MALFORMED_MESSAGE', message: ERRORS.MALFORMED_MESSAGE.message.en },
    ...{ temporary: false, ref: 'TRUNCATED' },
  },
  vad_analysis: {
    ...{ speechRatio: 0.46, pauseRatio: 0.22, averagePauseDuration: 640, longestPause: 1_800 },
    ...{ averageSpeechBurst: 2_150, speechBurstCount: 12, pauseCount: 11 },
    summary: '말과 쉼이 고르게 이어졌습니다.',
  },
  stt_received: {
    ...{ text: '저는 하는 일마다 실패해요.', utteranceId: 'u-1', language: 'ko' },
    ...{ emotion: 'sad', timestamp: AT },
  },
  cbt_intervention: {
    ...{ hasDistortions: true, needsIntervention: true, utteranceId: 'u-1', timestamp: AT },
    detections: [
      {
        ...{ type: 'overgeneralization', name: 'Overgeneralisation', name_ko: '과잉 일반화' },
        ...{ severity: 'medium', confidence: 0.8, examples: ['하는 일마다'] },
      },
    ],
    intervention: {
      ...{ distortionType: 'overgeneralization', distortionName: 'Overgeneralisation' },
      ...{ severity: 'medium', urgency: 'soon' },
      questions: ['Was there one time it went otherwise?'],
      tasks: [
        {
          ...{ title: 'Exceptions', description: 'Write down three things that went well.' },
          ...{ difficulty: 'easy', duration: '10 min' },
        },
      ],
    },
  },
  risk_notice: {
    message: '지금 많이 힘드시군요. 혼자 견디지 않으셔도 됩니다.',
    contacts: [{ name: '자살예방 상담전화', phone: '109', hours: '24시간' }],
    ...{ emergency: '119', timestamp: AT },
  },
  ai_stream_begin: { replyId, timestamp: AT },
  ai_stream_chunk: { chunk: '그랬군요. ', text: '그랬군요. ', replyId },
  ai_stream_complete: { replyId, source: 'local', reason: 'off', timestamp: AT },
  ai_stream_error: {
    ...{ error: ERRORS.CHAT_BUSY.message.ko, code: 'CHAT_BUSY' },
    message: ERRORS.CHAT_BUSY.message.ko,
  },
}

import { EMOTIONS, type Emotion } from '@bemore/protocol'
import {
  createEvent,
  createFaceEngine,
  createFaceWindow,
  type DetectedDistortion,
  EXPRESSIONS,
  type ExpressionLabel,
  type FaceEstimate,
  type FaceWindowData,
  type NewSessionEvent,
  type SessionEvent,
  type TextEmotion,
  type VoiceWindowData,
} from '../../src/index.js'

/** Logs of sessions that a test wants, with the engines' own shapes in them. */

export const START = 1_800_000_000_000
export const WINDOW = 10_000

export function logOf(...events: NewSessionEvent[]): SessionEvent[] {
  return events.map((event, index) => ({ ...event, sessionId: 'sess_test', seq: index + 1 }))
}

export const started: NewSessionEvent = createEvent('session.started', START, { language: 'ko' })
export const endedAt = (at: number): NewSessionEvent =>
  createEvent('session.ended', START + at, { reason: 'client' })

const VALENCE: Readonly<Partial<Record<ExpressionLabel, number>>> = { happy: 0.6, sad: -0.6 }

export function estimateOf(
  label: ExpressionLabel,
  change: Partial<FaceEstimate> = {},
): FaceEstimate {
  const blank = createFaceEngine().observe(
    { points: new Float32Array(0), count: 0, aspect: 0, mirrored: false, faceInView: false },
    0,
  )
  const probabilities = new Float64Array(blank.probabilities.length).fill(0.05)
  probabilities[EXPRESSIONS.indexOf(label)] = 0.7
  const valence = VALENCE[label] ?? 0
  return {
    ...blank,
    status: 'measured',
    label,
    probabilities,
    actionUnits: new Float64Array(blank.actionUnits.length),
    valence,
    arousal: valence / 2,
    dominance: valence / 6,
    confidence: 0.7,
    quality: 1,
    yaw: 0,
    pitch: 0,
    roll: 0,
    aspectAssumed: false,
    ...change,
  }
}

/** Ten seconds at 10 fps; the part [from, to) of them. */
export function faceWindow(
  index: number,
  label: ExpressionLabel,
  from = 0,
  to = 100,
): FaceWindowData {
  const window = createFaceWindow()
  const start = index * WINDOW
  for (let frame = from; frame < to; frame += 1) {
    window.add(estimateOf(label, { coveredMs: 100 }), start + frame * 100)
  }
  return window.toData(index, start + from * 100, start + to * 100)
}

export const seen = (window: FaceWindowData, processId = 'p1'): NewSessionEvent =>
  createEvent('face.window', START + window.endMs, { processId, window })

/** Ten seconds with half of them spoken. */
export function voiceWindow(index: number, change: Partial<VoiceWindowData> = {}): VoiceWindowData {
  const startMs = index * WINDOW
  return {
    ...{ index, startMs, endMs: startMs + WINDOW, source: 'pcm', agc: 'off' },
    ...{ frames: 250, rejected: 0, dropped: 0, heardMs: WINDOW, soundMs: WINDOW, mutedMs: 0 },
    ...{ speechMs: 5_000, pauseCount: 3, pauseMs: 2_400, longestPauseMs: 1_200 },
    ...{ longPauseCount: 0, burstCount: 4, turnCount: 1, turnMs: 7_400 },
    burstStartsMs: [startMs + 500, startMs + 3_000],
    ...{
      pitchMedian: 12,
      pitchLow: 10,
      pitchHigh: 15,
      pitches: { first: 40, counts: [10, 30, 8] },
    },
    ...{ tiltDb: -12, tiltFrames: 100, loudnessDb: -24, snrDb: 25, levelFrames: 160 },
    ...{ arousal: 0.3, arousalUnits: 10, coverage: 1, quality: 1 },
    ...change,
  }
}

export const heard = (window: VoiceWindowData, processId = 'p1'): NewSessionEvent =>
  createEvent('voice.window', START + window.endMs, { processId, window })

export function textEmotion(label: Emotion, valence: number, confidence = 0.8): TextEmotion {
  const rest = 0.2 / (EMOTIONS.length - 1)
  return {
    ...{ label, valence, arousal: 0.1, dominance: 0, confidence },
    probabilities: EMOTIONS.map((emotion) => (emotion === label ? 0.8 : rest)),
  }
}

interface Saying {
  readonly text?: string | null
  readonly emotion?: TextEmotion
  readonly distortions?: DetectedDistortion[]
  readonly language?: 'ko' | 'en'
  readonly spokenMs?: number
}

export function said(utteranceId: string, at: number, saying: Saying = {}): NewSessionEvent {
  const { spokenMs } = saying
  return createEvent('text.utterance', START + at, {
    utteranceId,
    origin: spokenMs === undefined ? 'session' : 'voice',
    text: saying.text === undefined ? `words of ${utteranceId}` : saying.text,
    language: saying.language ?? 'en',
    ...(spokenMs !== undefined && { startedAt: at, endedAt: at + spokenMs }),
    emotion: saying.emotion ?? textEmotion('sad', -0.5),
    distortions: saying.distortions ?? [],
  })
}

export function offered(
  interventionId: string,
  utteranceId: string,
  at: number,
  questionIds: readonly string[],
): NewSessionEvent {
  return createEvent('cbt.intervention', START + at, {
    ...{ interventionId, utteranceId, type: 'labeling', severity: 'medium', urgency: 'soon' },
    questionIds: [...questionIds],
    taskIds: ['labeling.t1'],
  })
}

export const labeling = (
  severity: DetectedDistortion['severity'],
  example: string,
): DetectedDistortion => ({ type: 'labeling', severity, confidence: 0.8, examples: [example] })

export const flagged = (riskId: string, at: number, utteranceId: string | null): NewSessionEvent =>
  createEvent('risk.flagged', START + at, { riskId, tier: 'wish', subject: 'self', utteranceId })

export const replied = (messageId: string, at: number, reason?: string): NewSessionEvent =>
  createEvent('chat.message', START + at, {
    ...{ messageId, role: 'assistant', text: 'a reply', source: 'local' },
    ...(reason !== undefined && { reason }),
  })

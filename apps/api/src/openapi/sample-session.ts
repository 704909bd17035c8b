import {
  createEvent,
  createFaceEngine,
  createFaceWindow,
  EXPRESSIONS,
  type ExpressionLabel,
  type FaceEstimate,
  type NewSessionEvent,
  type SessionEvent,
  WINDOW_MS,
} from '@bemore/core'
import { EMOTIONS } from '@bemore/protocol'

/** Of the session and the moment that examples speak of. */
export const SAMPLE_SESSION_ID = 'sess_3vYkq0J8Zt5cWm1xPbN7Lg'
const STARTED_AT = Date.parse('2026-01-05T09:30:00.000Z')

const FRAME_MS = 100
const SAID = "I'm such a loser, I fail at everything."

/** Half a minute of somebody: the log the example of a report is folded from. */
export function sampleSession(): SessionEvent[] {
  const events: NewSessionEvent[] = [
    createEvent('session.started', STARTED_AT, { language: 'en' }),
    ...sampleWindow(0, 'happy', 0.6),
    ...sampleWindow(1, 'sad', -0.6),
    createEvent('text.utterance', STARTED_AT + 2.2 * WINDOW_MS, {
      ...{ utteranceId: 'u-1', origin: 'session', text: SAID, language: 'en' },
      emotion: {
        ...{ label: 'sad', valence: -0.5, arousal: -0.1, dominance: -0.2, confidence: 0.8 },
        probabilities: EMOTIONS.map((emotion) => (emotion === 'sad' ? 0.79 : 0.03)),
      },
      distortions: [
        { type: 'labeling', severity: 'medium', confidence: 0.8, examples: ["I'm such a loser"] },
      ],
    }),
    createEvent('cbt.intervention', STARTED_AT + 2.2 * WINDOW_MS, {
      ...{ interventionId: 'i-1', utteranceId: 'u-1', type: 'labeling', severity: 'medium' },
      ...{ urgency: 'soon', questionIds: ['labeling.q1'], taskIds: ['labeling.t1'] },
    }),
    ...sampleWindow(2, 'neutral', 0),
    createEvent('session.ended', STARTED_AT + 3 * WINDOW_MS, { reason: 'client' }),
  ]
  return events.map((event, at) => ({ ...event, sessionId: SAMPLE_SESSION_ID, seq: at + 1 }))
}

function sampleWindow(index: number, label: ExpressionLabel, valence: number): NewSessionEvent[] {
  const window = createFaceWindow()
  const estimate = sampleEstimate(label, valence)
  const startMs = index * WINDOW_MS
  for (let at = 0; at < WINDOW_MS; at += FRAME_MS) window.add(estimate, startMs + at)
  const data = window.toData(index, startMs, startMs + WINDOW_MS)
  return [
    createEvent('face.window', STARTED_AT + data.endMs, { processId: 'example', window: data }),
  ]
}

function sampleEstimate(label: ExpressionLabel, valence: number): FaceEstimate {
  const nothing = { points: new Float32Array(0), count: 0, aspect: 0 }
  const blank = createFaceEngine().observe({ ...nothing, mirrored: false, faceInView: false }, 0)
  const probabilities = new Float64Array(EXPRESSIONS.length).fill(0.05)
  probabilities[EXPRESSIONS.indexOf(label)] = 0.7
  return {
    ...blank,
    ...{ status: 'measured', label, probabilities, coveredMs: FRAME_MS },
    ...{ valence, arousal: valence / 2, dominance: valence / 6 },
    ...{ confidence: 0.7, quality: 1, yaw: 0, pitch: 0, roll: 0, aspectAssumed: false },
  }
}

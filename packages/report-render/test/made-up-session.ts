import {
  createEvent,
  createSessionWords,
  type FaceWindowData,
  foldReport,
  type NewSessionEvent,
  type SessionEvent,
  type SessionReport,
  type VoiceWindowData,
} from '@bemore/core'
import type { Language } from '@bemore/protocol'
import { loadTextModel } from '@bemore/text-model'

/** A session that never was: what its events fold into is what a real one would. */

export const STARTED_AT = Date.UTC(2026, 8, 14, 6, 30)
const PROCESS = 'process-1'

const KOREAN_LINES = [
  '요즘 회사에서 자꾸 실수를 해서 잠을 잘 못 자고 있어요.',
  '지난주 발표를 망쳤어요. 저는 항상 중요한 순간에 모든 걸 망쳐요.',
  '팀장님이 아무 말도 안 하셨는데, 분명 저를 한심하게 생각하고 있을 거예요.',
  '괜찮아요, 뭐. 다들 이 정도는 힘들잖아요.',
  '저는 완벽하게 해내야만 해요. 조금이라도 틀리면 완전한 실패예요.',
  '동생이 전화해서 같이 밥을 먹었는데 오랜만에 많이 웃었어요.',
  '그래도 제가 부족해서 팀이 힘들어진 건 제 탓이에요.',
  '오늘은 퇴근하고 강가를 조금 걸었어요. 바람이 시원해서 좋았어요.',
]
const ENGLISH_LINES = [
  'I keep making mistakes at work and I have not been sleeping well.',
  'I ruined the presentation last week. I always ruin everything that matters.',
  'My manager said nothing, but he must think I am pathetic.',
  'It is fine, really. Everyone has it hard.',
  'I have to do it perfectly. If I get one thing wrong I am a complete failure.',
  'My sister called and we had dinner, and I laughed a lot for the first time in weeks.',
  'Still, it is all my fault that the team is having a hard time.',
  'Today I walked along the river after work. The wind was lovely.',
]

export interface MadeUp {
  readonly language?: Language
  /** Windows of ten seconds. */
  readonly windows?: number
  readonly lines?: readonly string[]
  readonly face?: boolean
  readonly voice?: boolean
  readonly pause?: boolean
  /** Somebody says that a life may be at risk, in the middle. */
  readonly risk?: boolean
  readonly ended?: boolean
}

export function makeEvents({
  language = 'ko',
  windows = 72,
  lines = language === 'ko' ? KOREAN_LINES : ENGLISH_LINES,
  face = true,
  voice = true,
  pause = true,
  risk = false,
  ended = true,
}: MadeUp = {}): SessionEvent[] {
  const endsAt = STARTED_AT + windows * 10_000
  const pausedFrom = Math.floor(windows * 0.55)
  const pausedTo = pausedFrom + (pause ? Math.max(1, Math.floor(windows * 0.06)) : 0)
  const events: NewSessionEvent[] = [createEvent('session.started', STARTED_AT, { language })]
  if (pause) {
    events.push(createEvent('session.paused', STARTED_AT + pausedFrom * 10_000, {}))
    events.push(createEvent('session.resumed', STARTED_AT + pausedTo * 10_000, {}))
  }
  for (let index = 0; index < windows; index += 1) {
    if (index >= pausedFrom && index < pausedTo) continue
    const at = STARTED_AT + (index + 1) * 10_000
    const progress = index / windows
    // The camera hung for a while.
    const isSeen = face && !(progress > 0.2 && progress < 0.27)
    if (isSeen)
      events.push(
        createEvent('face.window', at, { processId: PROCESS, window: seen(index, progress) }),
      )
    if (voice)
      events.push(createEvent('voice.window', at, { processId: PROCESS, window: heard(index) }))
  }
  events.push(...speak(language, lines, windows))
  if (risk) events.push(...cry(language, STARTED_AT + Math.floor(windows * 0.7) * 10_000 + 4_000))
  if (ended) events.push(createEvent('session.ended', endsAt, { reason: 'client' }))
  return events
    .map((event, order) => ({ event, order }))
    .sort((a, b) => a.event.at - b.event.at || a.order - b.order)
    .map(
      ({ event }, index) =>
        ({ ...event, sessionId: 'sess_made-up', seq: index + 1 }) as SessionEvent,
    )
}

export function makeReport(
  of: MadeUp = {},
  language: Language = of.language ?? 'ko',
): SessionReport {
  const report = foldReport(makeEvents(of), language)
  if (report === null) throw new Error('a session without events')
  return report
}

function speak(language: Language, lines: readonly string[], windows: number) {
  const words = createSessionWords(loadTextModel(), language, createCounter('intervention'))
  const createId = createCounter('utterance')
  return lines.flatMap((text, index) => {
    const spread = Math.floor(((index + 0.6) / lines.length) * windows * 10_000)
    const at = STARTED_AT + spread
    const startedAt = at - 400 * Math.max(4, Math.min(20, text.length / 3))
    const events = words.analyse({
      id: createId(),
      text,
      origin: 'voice',
      at,
      startedAt,
      endedAt: at,
      lang: language,
    })
    for (const event of events) words.learn(event)
    return events
  })
}

function cry(language: Language, at: number): NewSessionEvent[] {
  const words = createSessionWords(loadTextModel(), language, createCounter('risk'))
  const text =
    language === 'ko' ? '죽고 싶다는 생각이 자꾸 들어요.' : 'I keep thinking that I want to die.'
  return words.analyse({ id: 'cry', text, origin: 'voice', at, lang: language })
}

function createCounter(name: string): () => string {
  let count = 0
  return () => {
    count += 1
    return `${name}-${count}`
  }
}

/** Heavier at first, lighter at the end, never still. */
function seen(index: number, progress: number): FaceWindowData {
  const wave = Math.sin(index / 3.1) * 0.16 + Math.sin(index / 7.7) * 0.12
  const valence = clamp(-0.42 + progress * 0.8 + wave)
  const happy = Math.max(0.04, 0.18 + valence * 0.55)
  const sad = Math.max(0.04, 0.24 - valence * 0.5)
  const rest = (1 - happy - sad) / 6.2
  const probabilities = [happy, sad, rest * 0.8, rest, rest * 0.7, rest * 0.5, rest * 3.2]
  const sum = probabilities.reduce((total, value) => total + value, 0)
  return {
    ...{ index, startMs: index * 10_000, endMs: (index + 1) * 10_000 },
    ...{ frames: 100, usable: 92, noFace: 5, poseRejected: 3, rejected: 0, dropped: 0, weight: 78 },
    probabilities: probabilities.map((value) => value / sum),
    label: happy > sad ? 'happy' : valence < -0.25 ? 'sad' : 'neutral',
    ...{
      valence,
      arousal: clamp(-0.1 + Math.sin(index / 4.3) * 0.22),
      dominance: clamp(valence / 2),
    },
    ...{ valenceSlope: 0, arousalSlope: 0, dominanceSlope: 0, timeMean: 5, timeVariance: 8 },
    ...{ transitions: index % 5 === 0 ? 1 : 0, blinks: null, blinkObservedMs: 0 },
    ...{ eyesClosedRatio: null, eyesObservedMs: 0, quality: 0.84, confidence: 0.62, entropy: 0.6 },
    ...{ coverage: 0.88 + 0.1 * Math.sin(index), actionUnits: null, aspectAssumed: false },
    ...{ meanAbsoluteYaw: 4, meanAbsolutePitch: 5 },
  }
}

function heard(index: number): VoiceWindowData {
  const share = clamp(0.46 + Math.sin(index / 2.3) * 0.3 + Math.sin(index / 9) * 0.15, 0, 0.96)
  const speechMs = Math.round(10_000 * share)
  const pauseCount = 2 + (index % 3)
  return {
    ...{ index, startMs: index * 10_000, endMs: (index + 1) * 10_000, source: 'pcm', agc: 'off' },
    ...{
      frames: 250,
      rejected: 0,
      dropped: 0,
      heardMs: 10_000,
      soundMs: 10_000,
      mutedMs: 0,
      speechMs,
    },
    ...{ pauseCount, pauseMs: pauseCount * 640, longestPauseMs: 900 + (index % 7) * 260 },
    ...{ longPauseCount: index % 6 === 0 ? 1 : 0, burstCount: pauseCount + 1, turnCount: 1 },
    ...{
      turnMs: Math.min(10_000, speechMs + pauseCount * 640),
      burstStartsMs: [index * 10_000 + 900],
    },
    ...{
      pitchMedian: 7.2,
      pitchLow: 4.6,
      pitchHigh: 10.1,
      pitches: null,
      tiltDb: -12,
      tiltFrames: 120,
    },
    ...{ loudnessDb: -27, snrDb: 22, levelFrames: 200 },
    arousal: clamp(-0.05 + Math.sin(index / 5) * 0.3),
    ...{ arousalUnits: 20, coverage: 1, quality: 0.82 },
  }
}

function clamp(value: number, min = -1, max = 1): number {
  return Math.min(max, Math.max(min, value))
}

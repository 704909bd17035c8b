import type { SessionReport } from '@bemore/core'
import type { EmotionOrUnknown } from '@bemore/protocol'

type Voice = NonNullable<SessionReport['voice']>
type Figures = Omit<NonNullable<SessionReport['comparison']>, 'sessions' | 'since'>
type Change = NonNullable<Figures[keyof Figures]>['change']

/**
 * What the page says around the report's own sentences. It speaks of what was seen, heard and said,
 * never of what somebody feels; a figure that is not known is said to be unknown.
 */
export interface ReportWords {
  readonly title: string
  date(iso: string): string
  /** A time of the session's clock. */
  readonly lasted: (minutes: string, active: string) => string
  readonly interim: string
  readonly unknown: string
  readonly emotion: Readonly<Record<EmotionOrUnknown, string>>
  readonly severity: Readonly<Record<'low' | 'medium' | 'high', string>>

  readonly section: Readonly<
    Record<
      | 'short'
      | 'course'
      | 'emotions'
      | 'voice'
      | 'said'
      | 'patterns'
      | 'moments'
      | 'earlier'
      | 'next'
      | 'basis',
      string
    >
  >
  readonly call: string
  readonly riskTimes: (times: string) => string

  readonly courseIntro: string
  readonly courseChart: string
  readonly courseShown: (points: number, utterances: number, moments: number) => string
  readonly courseNone: string
  readonly pleasant: string
  readonly unpleasant: string
  readonly lively: string
  readonly calm: string
  readonly valence: string
  readonly arousal: string
  readonly pause: string
  readonly utterance: string
  readonly incongruence: string
  readonly notMeasured: string

  readonly emotionsIntro: (share: string, emotion: string) => string
  readonly emotionsNone: string
  readonly emotionsChart: string
  readonly faceChart: string
  readonly barsShown: (first: string, share: string) => string

  readonly voiceNone: string
  readonly voiceChart: string
  readonly voiceShown: (share: string) => string
  readonly flow: Readonly<Record<Voice['flow'], string>>
  readonly voiceFact: Readonly<
    Record<
      | 'heard'
      | 'speaking'
      | 'pauses'
      | 'meanPause'
      | 'longestPause'
      | 'rate'
      | 'latency'
      | 'pitchRange',
      string
    >
  >
  readonly count: (count: number) => string
  readonly seconds: (seconds: string) => string
  readonly syllables: (perSecond: string) => string
  readonly semitones: (semitones: string) => string
  readonly rateEstimated: string

  readonly saidNone: string
  readonly saidIntro: (count: number) => string
  readonly withheld: string

  readonly patternsNone: string
  readonly patternsIntro: string
  readonly patternFound: (count: number, severity: string) => string
  readonly offered: string
  readonly task: (title: string, duration: string) => string

  readonly momentsNone: string
  readonly moment: Readonly<
    Record<NonNullable<SessionReport['timeline'][number]['incongruence']>, string>
  >

  readonly earlierNone: string
  readonly earlierIntro: (sessions: number, since: string) => string
  readonly figure: Readonly<Record<keyof Figures, string>>
  readonly change: Readonly<Record<Change, string>>

  readonly basisIntro: string
  readonly coverageChart: string
  readonly coverageShown: (face: string, voice: string, text: string) => string
  readonly source: Readonly<Record<'face' | 'voice' | 'text', string>>
  readonly flag: Readonly<Record<string, string>>
  readonly flagOther: (flag: string) => string
  readonly degraded: (what: string) => string
  readonly writtenBy: Readonly<Record<'local' | 'gemini', string>>
  readonly pausedFor: (from: string, to: string) => string
  readonly untilNow: string

  readonly asTable: string
  readonly column: Readonly<
    Record<'time' | 'emotion' | 'share' | 'valence' | 'arousal' | 'speaking' | 'coverage', string>
  >
  readonly moreWindows: (count: number) => string
  readonly moreUtterances: (count: number) => string
  readonly more: (count: number) => string
  readonly page: (page: number, pages: number) => string
}

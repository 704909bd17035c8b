import t from 'tap'
import { DISTORTIONS, foldReport, foldSummary, type NewSessionEvent } from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  flagged,
  heard,
  logOf,
  offered,
  said,
  seen,
  started,
  textEmotion,
  voiceWindow,
} from './session-logs.js'

/** A diagnosis, a verdict on a person, or a claim to know what somebody feels. */
const FORBIDDEN = {
  en: /you feel|you are |depress|anxiety disorder|disorder|symptom|patient|diagnosed|abnormal|score/i,
  ko: /당신은|느끼고 있|우울증|장애|증상|환자|비정상|점수/,
}

/** Sessions that between them use most of the sentences there are. */
const SESSIONS: readonly (readonly NewSessionEvent[])[] = [
  [],
  [seen(faceWindow(0, 'happy')), seen(faceWindow(1, 'sad', 0, 20))],
  [heard(voiceWindow(0, { speechMs: 500, turnMs: 800 }))],
  [heard(voiceWindow(0, { speechMs: 2_000, turnMs: 9_000, snrDb: 3, source: 'client' }))],
  [heard(voiceWindow(0, { speechMs: 9_000, turnMs: 9_500 })), seen(faceWindow(0, 'happy'))],
  DISTORTIONS.map((type, i) =>
    said(`utt_${i}`, i * 10_000, {
      distortions: [{ type, severity: 'high', confidence: 0.9, examples: ['words'] }],
    }),
  ),
  [
    said('utt_1', 8_000),
    seen(faceWindow(0, 'happy')),
    offered('i', 'utt_1', 8_000, ['labeling.q1']),
  ],
  [
    said('utt_1', 8_000, { emotion: textEmotion('happy', 0.8) }),
    seen(faceWindow(0, 'sad')),
    heard(voiceWindow(0)),
  ],
  [seen(faceWindow(0, 'sad')), flagged('risk_1', 4_000, null)],
  Array.from({ length: 18 }, (_, i) => seen(faceWindow(i, i < 9 ? 'happy' : 'sad'))),
  Array.from({ length: 18 }, (_, i) => seen(faceWindow(i, i < 9 ? 'sad' : 'happy'))),
]

t.test('no sentence diagnoses, judges or claims to know what somebody feels', async (t) => {
  for (const events of SESSIONS) {
    for (const language of ['en', 'ko'] as const) {
      const log = logOf(started, ...events, endedAt(180_000))
      const { keyObservations, recommendations, narrative } = foldReport(log, language)!
      const sentences = [...keyObservations, ...recommendations, narrative.text]
      for (const sentence of sentences) {
        t.notMatch(sentence, FORBIDDEN[language])
        t.notMatch(sentence, /undefined|NaN|null|\[object/)
      }
      t.ok(sentences.every((sentence) => sentence.trim() !== ''))
      t.match(foldSummary(log, language)!.keyObservations, keyObservations)
    }
  }
})

t.test('a session that went another way at its end is told so', async (t) => {
  const told = (events: readonly NewSessionEvent[]) =>
    foldReport(logOf(started, ...events, endedAt(180_000)), 'en')!.keyObservations.join(' ')
  t.match(told(SESSIONS.at(-2)!), /heavier than the first/)
  t.match(told(SESSIONS.at(-1)!), /lighter than the first/)
  t.notMatch(told(SESSIONS[1]!), /than the first/, 'not of a short one')
})

t.test('speech is put in words by how it flowed, not by what it may mean', async (t) => {
  const told = (speechMs: number, turnMs: number) =>
    foldReport(logOf(started, heard(voiceWindow(0, { speechMs, turnMs })), endedAt(10_000)), 'en')!
      .keyObservations[1]
  t.match(told(2_000, 9_000), /short stretches/)
  t.match(told(5_000, 9_000), /even pace/)
  t.match(told(8_000, 9_000), /few pauses/)
  t.match(told(500, 900), /too little to describe/)
})

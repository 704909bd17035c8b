import t from 'tap'
import { Compile } from 'typebox/compile'
import {
  createEvent,
  foldReport,
  foldSummary,
  type NewSessionEvent,
  SessionReportSchema,
  SessionSummarySchema,
} from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  flagged,
  heard,
  labeling,
  logOf,
  offered,
  replied,
  said,
  seen,
  started,
  textEmotion,
  voiceWindow,
} from './session-logs.js'

const isReport = Compile(SessionReportSchema)
const isSummary = Compile(SessionSummarySchema)

const SESSIONS: Readonly<Record<string, readonly NewSessionEvent[]>> = {
  empty: [],
  face: [seen(faceWindow(0, 'happy'))],
  voice: [heard(voiceWindow(0)), heard(voiceWindow(1))],
  muted: [heard(voiceWindow(0, { heardMs: 0, speechMs: 0, turnMs: 0, source: 'none' }))],
  words: [
    said('utt_1', 1_000, { spokenMs: 900, distortions: [labeling('high', 'a loser')] }),
    offered('int_1', 'utt_1', 1_000, ['labeling.q1']),
    replied('msg_1', 2_000),
    said('utt_2', 15_000, { emotion: textEmotion('happy', 0.7) }),
  ],
  flagged: [said('utt_1', 1_000, { text: null }), flagged('risk_1', 1_000, 'utt_1')],
  skewed: [said('utt_1', -5_000), flagged('risk_1', -9_000, null)],
}

t.test('whatever channels there were, report and summary keep their shape', async (t) => {
  for (const [name, events] of Object.entries(SESSIONS)) {
    for (const log of [logOf(started, ...events), logOf(started, ...events, endedAt(20_000))]) {
      for (const language of ['en', 'ko'] as const) {
        const report = foldReport(log, language)
        t.ok(isReport.Check(report), `${name} ${JSON.stringify(isReport.Errors(report)[0])}`)
        t.ok(isSummary.Check(foldSummary(log, language)), name)
      }
    }
  }
})

/** What makes the web client's page crash as a whole (client-contract.md, 5.5). */
t.test('nothing that crashes the web client is ever in a report', async (t) => {
  for (const [name, events] of Object.entries(SESSIONS)) {
    const log = logOf(started, ...events, endedAt(20_000))
    const report = foldReport(log, 'ko')!
    const summary = foldSummary(log, 'ko')!
    t.ok(Array.isArray(report.vadTimeline) && Array.isArray(report.cbtFindings), name)
    for (const point of report.vadTimeline) {
      t.ok(Object.values(point).every(Number.isFinite), 'numbers only')
    }
    for (const value of Object.values(summary.vadVector)) t.match(typeof value, /number|string/)
    t.equal(typeof summary.dominantEmotion.emotion, 'string')
    for (const list of [summary.keyObservations, summary.recommendations]) {
      t.ok(list.length > 0 && list.every((sentence) => typeof sentence === 'string'))
    }
    for (const { detections, intervention, needsIntervention } of report.cbtFindings) {
      t.equal(needsIntervention, intervention !== undefined)
      for (const { severity, confidence, name_ko, examples } of detections) {
        t.match(severity, /^(low|medium|high)$/)
        t.ok(Number.isFinite(confidence) && typeof name_ko === 'string')
        t.ok(examples.every((example) => typeof example === 'string'))
      }
      for (const { difficulty, title, description, duration } of intervention?.tasks ?? []) {
        t.match(difficulty, /^(easy|medium|hard)$/)
        t.ok([title, description, duration].every((text) => typeof text === 'string'))
      }
      t.ok((intervention?.questions ?? []).every((question) => typeof question === 'string'))
    }
  }
})

t.test('a session of words alone is told by its words', async (t) => {
  const log = logOf(started, ...SESSIONS['words']!, endedAt(20_000))
  const report = foldReport(log, 'en')!
  t.same(
    report.timeline.map(({ t: at, emotion, sources, frameCount }) => [
      at,
      emotion,
      sources,
      frameCount,
    ]),
    [
      [0, 'sad', ['text'], 0],
      [10_000, 'happy', ['text'], 0],
    ],
  )
  t.match(report, {
    expression: { dominant: 'unknown' },
    voice: null,
    text: { utterances: 2, languages: { ko: 0, en: 2, unknown: 0 }, meanValence: 0.1 },
    coverage: { face: 0, voice: 0, text: 1 },
    cbtFindings: [{ hasDistortions: true, needsIntervention: true }],
  })
  t.match(report.keyObservations[0], /words read most often/)
  t.match(report.keyObservations.join(' '), /“Label/i)
  t.match(report.recommendations[0], /something small to try/)
})

t.test('a session of voice alone tells how speech went and no emotion', async (t) => {
  const report = foldReport(logOf(started, ...SESSIONS['voice']!, endedAt(20_000)), 'en')!
  t.match(report, {
    vadTimeline: [],
    vadVector: null,
    emotion: { dominant: 'unknown' },
    voice: { speechMs: 10_000, speakingRatio: 0.5, flow: 'usual', analysis: { pauseCount: 6 } },
    coverage: { voice: 1 },
    timeline: [{ voice: { speechMs: 5_000, speakingRatio: 0.5 }, text: null }, {}],
  })
  t.same(report.dataQuality.flags, ['no_face_data', 'no_text'])
  t.match(report.keyObservations[0], /only a voice/)
  t.match(report.keyObservations[1], /even pace/)
})

t.test('a room that is loud and a client’s word for a voice are said', async (t) => {
  const log = logOf(
    started,
    heard(voiceWindow(0, { snrDb: 4, agc: 'on' })),
    heard(voiceWindow(1, { snrDb: 4, agc: 'on', source: 'client', soundMs: 0 })),
    endedAt(20_000),
  )
  const report = foldReport(log, 'ko')!
  t.same(report.dataQuality.flags, [
    'no_face_data',
    'low_snr',
    'voice_by_client',
    'gain_controlled',
    'no_text',
  ])
  t.match(report.recommendations.join(' '), /마이크/)
})

t.test('a smile with heavy words is a moment to look at, and no verdict', async (t) => {
  const log = logOf(started, seen(faceWindow(0, 'happy')), said('utt_1', 8_000), endedAt(10_000))
  const report = foldReport(log, 'en')!
  t.equal(report.timeline[0]!.incongruence, 'smile-with-unpleasant-words')
  t.match(report.keyObservations.join(' '), /At one moment a smile came with heavier words/)
  t.notMatch(report.keyObservations.join(' '), /mask|you feel|depress|disorder/i)
})

t.test('what consent does not cover any more is in no part of a report', async (t) => {
  const withdrawn = createEvent('consent.recorded', 1_800_000_030_000, {
    ...{ modality: 'text', decision: 'withdrawn', noticeVersion: '1', source: 'client' },
  })
  const log = logOf(started, ...SESSIONS['face']!, ...SESSIONS['words']!, withdrawn)
  const report = foldReport(log, 'en')!
  t.match(report, { text: null, utterances: [], cbtFindings: [], interventions: [], degraded: [] })
  t.same(
    report.timeline.flatMap(({ sources }) => sources),
    ['face'],
  )
  t.match(report.dataQuality.flags, ['no_voice_data', 'no_text', 'text_withdrawn'])
})

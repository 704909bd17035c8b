import t from 'tap'
import { Compile } from 'typebox/compile'
import {
  createEvent,
  createFaceWindow,
  foldReport,
  foldSummary,
  renderCsv,
  SessionReportSchema,
  SessionSummarySchema,
} from '../src/index.js'
import {
  endedAt as ended,
  estimateOf,
  logOf,
  START,
  started,
  WINDOW,
  seen as windowEvent,
  faceWindow as windowOf,
} from './report/session-logs.js'

t.test('an empty log has neither report nor summary', async (t) => {
  t.equal(foldReport([], null), null)
  t.equal(foldSummary([], null), null)
})

t.test('a session without a face is unknown, never neutral', async (t) => {
  const log = logOf(started, ended(20_000))
  const report = foldReport(log, 'en')
  t.match(report, {
    vadTimeline: [],
    vadVector: null,
    cbtFindings: [],
    expression: { dominant: 'unknown', distribution: {} },
    dataQuality: { coverage: 0, flags: ['no_face_data', 'no_voice_data', 'no_text'] },
  })
  t.match(foldSummary(log, 'en'), {
    vadVector: { valence: '-', arousal: '-', dominance: '-' },
    dominantEmotion: { emotion: 'unknown' },
  })
})

t.test('the report says what was seen, window by window and on the whole', async (t) => {
  const log = logOf(
    started,
    windowEvent(windowOf(0, 'happy')),
    windowEvent(windowOf(1, 'happy')),
    windowEvent(windowOf(2, 'sad')),
    ended(30_000),
  )
  const report = foldReport(log, 'en')!
  t.match(report, { status: 'ended', interim: false, seq: 5, durationMs: 30_000 })
  t.same(
    report.timeline.map(({ t: at, emotion, frameCount }) => [at, emotion, frameCount]),
    [
      [0, 'happy', 100],
      [10_000, 'happy', 100],
      [20_000, 'sad', 100],
    ],
  )
  t.match(report.expression, { dominant: 'happy', transitions: 1 })
  t.ok(Math.abs(report.expression.share - 2 / 3) < 0.01)
  t.ok(Math.abs(report.vadVector!.valence - 0.2) < 0.01, 'two thirds of .6 less one third')
  t.ok(report.dataQuality.coverage > 0.95)
})

t.test('parts of a window make the window they were cut from, in any order', async (t) => {
  const whole = foldReport(logOf(started, windowEvent(windowOf(0, 'happy')), ended(10_000)), 'en')!
  const parts = foldReport(
    logOf(
      started,
      windowEvent(windowOf(0, 'happy', 60, 100), 'p2'),
      windowEvent(windowOf(0, 'happy', 0, 25)),
      windowEvent(windowOf(0, 'happy', 25, 60)),
      ended(10_000),
    ),
    'en',
  )!
  t.equal(parts.timeline.length, 1)
  t.equal(parts.timeline[0]?.frameCount, 100)
  t.equal(parts.dataQuality.frames, whole.dataQuality.frames)
  t.ok(Math.abs(parts.vadVector!.valence - whole.vadVector!.valence) < 1e-3)
})

t.test('a live session has an interim report whose clock stands at its last event', async (t) => {
  const report = foldReport(logOf(started, windowEvent(windowOf(0, 'happy'))), 'en')
  t.match(report, { interim: true, status: 'active', endedAt: null, durationMs: 10_000 })
})

t.test('an end from a process whose clock is behind makes no negative session', async (t) => {
  const log = logOf(started, ended(-2_000))
  t.match(foldReport(log, 'en'), { durationMs: 0, activeDurationMs: 0 })
  t.ok(Compile(SessionReportSchema).Check(foldReport(log, 'en')))
})

t.test('paused time does not count against the coverage', async (t) => {
  const log = logOf(
    started,
    windowEvent(windowOf(0, 'happy')),
    createEvent('session.paused', START + 10_000, {}),
    createEvent('session.resumed', START + 100_000, {}),
    windowEvent(windowOf(10, 'happy')),
    ended(110_000),
  )
  t.match(foldReport(log, 'en'), { durationMs: 110_000, activeDurationMs: 20_000 })
  t.ok(foldReport(log, 'en')!.dataQuality.coverage > 0.95)
})

t.test('a window’s coverage is of the time the session ran in it', async (t) => {
  const log = logOf(
    started,
    windowEvent(windowOf(0, 'happy', 0, 42)),
    createEvent('session.paused', START + 14_000, {}),
    windowEvent(windowOf(1, 'happy', 0, 40)),
    createEvent('session.resumed', START + 26_000, {}),
    windowEvent(windowOf(2, 'happy', 60, 100)),
    ended(30_000),
  )
  t.same(
    foldReport(log, 'en')!.timeline.map(({ durationMs, coverage }) => [durationMs, coverage]),
    [
      [10_000, 0.42],
      [4_000, 1],
      [4_000, 1],
    ],
    'a hole counts, a pause does not',
  )
})

t.test('sentences come in the language asked for, else the session’s', async (t) => {
  const log = logOf(started, windowEvent(windowOf(0, 'happy')), ended(10_000))
  t.match(foldReport(log, null)!.keyObservations[0], /기쁨/)
  t.match(foldReport(log, null)!.notice, /진단이 아니/)
  t.match(foldReport(log, 'en')!.keyObservations[0], /happy/)
  t.match(foldSummary(log, 'en')!.notice, /not a diagnosis/)
})

t.test('assumed aspect and little coverage are said, as flags and in words', async (t) => {
  const window = createFaceWindow()
  window.add(estimateOf('happy', { aspectAssumed: true, coveredMs: 100 }), 0)
  const log = logOf(started, windowEvent(window.toData(0, 0, WINDOW)), ended(60_000))
  const report = foldReport(log, 'en')!
  t.same(report.dataQuality.flags, ['low_coverage', 'aspect_assumed', 'no_voice_data', 'no_text'])
  t.match(report.keyObservations.join(' '), /4:3/)
})

t.test('report and summary have the shape their schemas promise to the web client', async (t) => {
  const log = logOf(started, windowEvent(windowOf(0, 'sad')), ended(10_000))
  for (const events of [log, logOf(started)]) {
    t.ok(Compile(SessionReportSchema).Check(foldReport(events, 'ko')))
    t.ok(Compile(SessionSummarySchema).Check(foldSummary(events, 'ko')))
  }
})

t.test('the same log gives the same bytes', async (t) => {
  const log = logOf(started, windowEvent(windowOf(0, 'sad')), ended(10_000))
  t.equal(JSON.stringify(foldReport(log, 'ko')), JSON.stringify(foldReport([...log], 'ko')))
})

t.test(
  'CSV has a header, a line a window, and empty fields where nothing was measured',
  async (t) => {
    const empty = createFaceWindow()
    empty.countRejected()
    const log = logOf(
      started,
      windowEvent(windowOf(0, 'happy')),
      windowEvent(empty.toData(1, WINDOW, 2 * WINDOW)),
      ended(20_000),
    )
    const report = foldReport(log, 'en')!
    const lines = renderCsv(report, 'vad').split('\r\n')
    t.equal(lines.length, 4)
    t.match(lines[0], /^window,time,t_ms,valence,arousal,dominance/)
    t.match(lines[1], /^0,2027-/)
    t.match(lines[2], /^1,[^,]+,10000,,,,/)
    t.match(renderCsv(report, 'emotion').split('\r\n')[2], /,unknown,,,,,,,/)
  },
)

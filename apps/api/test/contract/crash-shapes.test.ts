import {
  type SessionReport,
  SessionReportSchema,
  type SessionSummary,
  SessionSummarySchema,
} from '@bemore/core'
import { resultTree, textOf } from '@bemore/testing'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { createFakeRealtime, makeWindow } from '../fake-realtime.js'
import { createRig, dataOf, errorOf } from '../rig.js'

/**
 * The existing web client breaks down as a whole on some shapes of a report. For each of them: its own
 * expressions do, or show nonsense; the schema that every report is held to refuses it; and a report
 * that the schema refuses is not sent.
 */
const isReport = Compile(SessionReportSchema)
const isSummary = Compile(SessionSummarySchema)

const SAID = ['저는 항상 모든 일에 실패해요.', '다들 저를 한심하게 생각할 게 분명해요.']
const NONSENSE = /NaN|undefined|\[object|null/
const OBJECT = { a: 1 }

interface Result {
  readonly report: SessionReport
  readonly summary: SessionSummary
}

interface BadShape {
  readonly name: string
  readonly of: keyof Result
  /** Makes it of a good one. */
  spoil(good: Result): unknown
  /** What the client's page does: breaks down with these words, or shows something that is no value. */
  readonly client: RegExp | 'nonsense' | 'a dash' | 'a nought'
}

function findingOf({ report }: Result) {
  const finding = report.cbtFindings.find(({ intervention }) => intervention !== undefined)
  const [detection] = finding?.detections ?? []
  const [task] = finding?.intervention?.tasks ?? []
  if (finding?.intervention === undefined || detection === undefined || task === undefined) {
    throw new Error('a report without a finding shows nothing')
  }
  return { intervention: finding.intervention, detection, task }
}

const NOT_A_CHILD = /Objects are not valid as a React child/
const onReport = (
  name: string,
  client: BadShape['client'],
  spoil: BadShape['spoil'],
): BadShape => ({
  ...{ name, of: 'report', client, spoil },
})
const onSummary = (
  name: string,
  client: BadShape['client'],
  spoil: BadShape['spoil'],
): BadShape => ({
  ...{ name, of: 'summary', client, spoil },
})

const BAD_SHAPES: readonly BadShape[] = [
  onReport('a timeline that is no array', /map is not a function/, ({ report }) =>
    Object.assign(report, { vadTimeline: { dataPoints: [], summary: {} } }),
  ),
  onReport('a severity that is none of three', /reading 'bg'/, (good) =>
    Object.assign(findingOf(good).detection, { severity: 'critical' }),
  ),
  onReport('a difficulty that is none of three', /reading 'badge'/, (good) =>
    Object.assign(findingOf(good).task, { difficulty: 'extreme' }),
  ),
  onReport('an object for the duration of an exercise', NOT_A_CHILD, (good) =>
    Object.assign(findingOf(good).task, { duration: OBJECT }),
  ),
  onReport('an object for the title of an exercise', NOT_A_CHILD, (good) =>
    Object.assign(findingOf(good).task, { title: OBJECT }),
  ),
  onReport('an object among the questions', NOT_A_CHILD, (good) =>
    Object.assign(findingOf(good).intervention, { questions: [OBJECT] }),
  ),
  onReport('no confidence', 'nonsense', (good) =>
    Reflect.deleteProperty(findingOf(good).detection, 'confidence'),
  ),
  onReport('nothing about whether an intervention is needed', 'a nought', ({ report }) =>
    report.cbtFindings.map((finding) => Reflect.deleteProperty(finding, 'needsIntervention')),
  ),
  onSummary('an object among the observations', NOT_A_CHILD, ({ summary }) =>
    Object.assign(summary, { keyObservations: [OBJECT] }),
  ),
  ...['valence', 'arousal', 'dominance'].map((axis) =>
    onSummary(`an object for ${axis}`, NOT_A_CHILD, ({ summary }) =>
      Object.assign(summary.vadVector, { [axis]: OBJECT }),
    ),
  ),
  onSummary('the leading emotion as a text', 'a dash', ({ summary }) =>
    Object.assign(summary, { dominantEmotion: 'happy' }),
  ),
]

t.test('the report of a session in which things were said', async (t) => {
  const rig = await createRig(t)
  const realtime = await createFakeRealtime(t, rig)
  const id = await rig.start({ language: 'ko' })
  await realtime.appendWindow(id, makeWindow(0))
  await realtime.appendWindow(id, makeWindow(1, { valence: -0.4, arousal: -0.7 }))
  for (const text of SAID) {
    const url = `/api/session/${id}/utterances`
    await rig.app.inject({ method: 'POST', url, payload: { text } })
  }
  await rig.post(`/api/session/${id}/end`)
  const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
  const summary = dataOf<SessionSummary>(await rig.get(`/api/session/${id}/summary`))

  t.test('is shown whole by the client’s own expressions', async (t) => {
    t.ok(isReport.Check(report))
    t.ok(isSummary.Check(summary))
    const shown = textOf(resultTree(summary, report))
    t.notMatch(shown, NONSENSE)
    t.match(shown, '급변')
    t.match(shown, '저각성')
    t.match(shown, '개입 필요 1')
    const { detection, task } = findingOf({ report, summary })
    t.match(shown, detection.name_ko)
    t.match(shown, task.title)
    t.notMatch(textOf(resultTree(null, report)), NONSENSE, 'where the summary failed')
    t.notMatch(textOf(resultTree(summary, null)), NONSENSE, 'where the report failed')
  })

  for (const { name, of, spoil, client } of BAD_SHAPES) {
    t.test(`${name}, in a ${of}`, async (t) => {
      const bad = structuredClone({ report, summary })
      spoil(bad)
      t.notOk((of === 'report' ? isReport : isSummary).Check(bad[of]), 'refused by the schema')
      const show = () => textOf(resultTree(bad.summary, bad.report))
      if (client instanceof RegExp) t.throws(show, { message: client }, 'the page breaks down')
      else if (client === 'nonsense') t.match(show(), NONSENSE)
      else if (client === 'a dash') t.match(show(), /주요 감정 -/)
      else t.match(show(), /개입 필요 0/)
    })
  }

  t.test('a timeline that is no array breaks the page at once without the vector', async (t) => {
    t.throws(() => resultTree({ ...summary, vadVector: null }, { vadTimeline: OBJECT }), {
      message: /is not iterable/,
    })
    t.notOk(isSummary.Check({ ...summary, vadVector: null }), 'the vector is never left out')
  })
})

t.test('a session without anything in it is shown too', async (t) => {
  const rig = await createRig(t)
  const id = await rig.start({ language: 'ko' })
  await rig.post(`/api/session/${id}/end`)
  const report = dataOf(await rig.get(`/api/session/${id}/report`))
  const summary = dataOf(await rig.get(`/api/session/${id}/summary`))
  t.notMatch(textOf(resultTree(summary, report)), NONSENSE)
})

t.test('what does not fit is not sent', async (t) => {
  const rig = await createRig(t)
  const realtime = await createFakeRealtime(t, rig)
  const id = await rig.start()
  // As a fault of ours might leave it in the log.
  await realtime.appendWindow(id, makeWindow(0, { valence: 7 }))
  for (const kind of ['report', 'summary', 'report/csv', 'emotions/timeline']) {
    const reply = await rig.get(`/api/session/${id}/${kind}`)
    t.equal(reply.statusCode, 500, kind)
    t.equal(errorOf(reply).code, 'INTERNAL')
  }
})

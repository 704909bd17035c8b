import { hotlineCard, type SessionReport } from '@bemore/core'
import t from 'tap'
import { hearSpeech } from '../src/demo/spoken-hearing.js'
import { createSpokenTally, type SpokenRecorder } from '../src/demo/spoken-tally.js'
import { judgeSpoken } from '../src/demo/spoken-verdict.js'
import { reportOf } from './fixtures/session-report.js'

const CRISIS = 'words that nobody keeps'
const PLAN = {
  lines: [{ id: 'demo-1', text: CRISIS, effort: 0, holds: 'crisis' as const, fromMs: 0, toMs: 1 }],
  chat: { text: 'and now?', atMs: 2 },
}
const CARD = hotlineCard('ko')
const FLAGGED: SessionReport = {
  ...reportOf([]),
  language: 'ko',
  risk: { flagged: true, count: 1, times: [1_000], card: CARD },
  utterances: [
    {
      ...{ t: 1_000, timestamp: 1_000, text: null, language: 'ko', emotion: 'unknown' },
      ...{ valence: null, withheld: true },
    },
  ],
}

function hear(...messages: readonly { readonly type: string; readonly data: unknown }[]) {
  const spoken = createSpokenTally()
  const notes: string[] = []
  const listen = hearSpeech(spoken, { note: (text) => notes.push(text) })
  const say = (type: string, data: unknown) => listen({ type, data })
  for (const { type, data } of messages) say(type, data)
  return { spoken, notes, say }
}
const notice = (timestamp: number) => ({ type: 'risk_notice', data: { ...CARD, timestamp } })
const failed = (spoken: SpokenRecorder, report: SessionReport, exported = '{}') =>
  judgeSpoken({ plan: PLAN, spoken, report, documents: [{ name: 'export', text: exported }] })
    .filter(({ good }) => !good)
    .map(({ what }) => what)

t.test(
  'a card comes over three sockets and is shown once, and again when it is told again',
  async (t) => {
    const { spoken, notes } = hear(notice(1), notice(1), notice(1))
    t.equal(notes.filter((line) => line.includes('☎ 109')).length, 1)
    spoken.askChat()
    t.equal(spoken.cardsSinceChat, 0)
    t.ok(spoken.showCard(CARD, 2))
    t.equal(spoken.cardsSinceChat, 1)
  },
)

t.test('a crisis that is handled passes all checks', async (t) => {
  const { spoken, say } = hear(notice(1))
  spoken.say('demo-1')
  spoken.askChat()
  say('risk_notice', { ...CARD, timestamp: 2 })
  say('ai_stream_begin', { replyId: 'r', timestamp: 2 })
  say('ai_stream_complete', { replyId: 'r', source: 'local', reason: 'risk', timestamp: 2 })
  t.same(failed(spoken, FLAGGED), [])
})

t.test('words that are kept, or anything behind the card, is found', async (t) => {
  const { spoken, say } = hear(notice(1))
  spoken.say('demo-1')
  spoken.askChat()
  say('ai_stream_complete', { replyId: 'r', source: 'gemini', timestamp: 2 })
  t.match(failed(spoken, FLAGGED, `{"text":"${CRISIS}"}`), [
    'offered behind it: 1 live, 0 in the report',
    'the words are in: export',
    'the chat answered with the same numbers only',
  ])
})

t.test('a crisis that nobody noticed is found', async (t) => {
  const { spoken } = hear()
  spoken.say('demo-1')
  t.match(failed(spoken, reportOf([])), [
    'lines said: 1, in the report: 0',
    'who can be called was shown: nobody',
    'the report says that it came up, and who can be called',
  ])
})

t.test('the same figures of the voice are not told twice', async (t) => {
  const analysis = {
    ...{ speechRatio: 0.42, pauseRatio: 0.58, averagePauseDuration: 800, longestPause: 2_100 },
    ...{ averageSpeechBurst: 900, speechBurstCount: 4, pauseCount: 3, summary: '' },
  }
  const message = { type: 'vad_analysis', data: analysis }
  const { notes } = hear(message, message)
  t.same(notes, [
    'voice: speaking 42 % of the time, 3 pauses of 0.8 s on average, the longest 2.1 s',
  ])
})

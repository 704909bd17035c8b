import type { SessionReport } from '@bemore/core'
import type { Check } from './check.js'
import type { DialoguePlan } from './dialogue-plan.js'
import type { SpokenTally } from './spoken-tally.js'

export interface SessionDocument {
  readonly name: string
  readonly text: string
}

export interface SpokenEvidence {
  readonly plan: DialoguePlan
  readonly spoken: SpokenTally
  readonly report: SessionReport
  /** All that the server gives out of the session afterwards. */
  readonly documents: readonly SessionDocument[]
}

/** What the card must hold for somebody in Korea. */
const KOREAN_NUMBERS = ['109', '1577-0199', '1388']

/** Judges only what was said: a demo that was stopped early has said less. */
export function judgeSpoken(evidence: SpokenEvidence): Check[] {
  const { plan, spoken, report } = evidence
  const wasSaid = (holds: 'distortion' | 'crisis') =>
    plan.lines.some((line) => line.holds === holds && spoken.said.has(line.id))
  return [
    ...judgeVoice(evidence),
    {
      good: report.utterances.length === spoken.said.size,
      what: `lines said: ${spoken.said.size}, in the report: ${report.utterances.length}`,
    },
    ...(wasSaid('crisis') ? judgeCrisis(evidence) : []),
    ...(wasSaid('distortion') && !wasSaid('crisis') ? judgeThoughts(evidence) : []),
    ...(spoken.isChatSent && !wasSaid('crisis') ? [judgeReply(spoken)] : []),
  ]
}

function judgeVoice({ spoken, report }: SpokenEvidence): Check[] {
  if (spoken.voiceFramesSent === 0) return []
  const heard = report.timeline.filter(({ voice }) => voice !== null && voice.speechMs > 0)
  return [
    {
      good: heard.length > 0,
      what: `windows with speech in the report: ${heard.length} of ${report.timeline.length}`,
    },
  ]
}

function judgeThoughts({ report, spoken }: SpokenEvidence): Check[] {
  const names = report.distortions.map(({ name }) => name)
  return [
    { good: names.length > 0, what: `ways of thinking found: ${names.join(', ') || 'none'}` },
    {
      good: spoken.interventions.length > 0 && report.interventions.length > 0,
      what: `questions offered live ${spoken.interventions.length} times, in the report ${report.interventions.length}`,
    },
  ]
}

function judgeReply({ replies }: SpokenTally): Check {
  const sources = [...replies.values()].flatMap(({ source }) => source ?? [])
  return {
    good: sources.length > 0,
    what: `the companion answered: ${sources.length > 0 ? `source ${sources.join(', ')}` : 'nothing'}`,
  }
}

function judgeCrisis({ plan, spoken, report, documents }: SpokenEvidence): Check[] {
  const phones = spoken.card?.contacts.map(({ phone }) => phone) ?? []
  const expected = report.language === 'ko' ? KOREAN_NUMBERS : phones.slice(0, 1)
  const flaggedAt = report.risk.times[0] ?? Number.POSITIVE_INFINITY
  const offeredLater = report.interventions.filter(({ t }) => t >= flaggedAt).length
  const offered = spoken.offeredBehindCard + offeredLater
  const words = plan.lines.filter(({ holds }) => holds === 'crisis').map(({ text }) => text)
  const leaks = documents.filter((each) => words.some((line) => each.text.includes(line)))
  const namesOf = (some: readonly SessionDocument[]) => some.map(({ name }) => name).join(', ')
  return [
    {
      good: phones.length > 0 && expected.every((phone) => phones.includes(phone)),
      what: `who can be called was shown: ${phones.join(', ') || 'nobody'}`,
    },
    {
      good: report.risk.flagged && report.risk.card !== null,
      what: 'the report says that it came up, and who can be called',
    },
    {
      good: offered === 0,
      what:
        offered === 0
          ? 'nothing else was offered behind it'
          : `offered behind it: ${spoken.offeredBehindCard} live, ${offeredLater} in the report`,
    },
    {
      good: leaks.length === 0,
      what:
        leaks.length === 0
          ? `the words are not in: ${namesOf(documents)}`
          : `the words are in: ${namesOf(leaks)}`,
    },
    ...(spoken.isChatSent
      ? [{ good: spoken.cardsSinceChat > 0, what: 'the chat answered with the same numbers only' }]
      : []),
  ]
}

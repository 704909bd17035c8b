import { LIMITS } from '../limits.js'
import { writeClock } from '../wording/figures.js'
import { type Block, cap, quote, type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

const KINDS = ['smile-with-unpleasant-words', 'frown-with-pleasant-words'] as const

/** Without the emotion of each: of one sentence it is too uncertain to be put beside somebody's words. */
export function composeSaid({ report: { utterances }, words }: Material): Section {
  const title = words.section.said
  if (utterances.length === 0) return { title, blocks: [say(words.saidNone, 'quiet')] }
  const { kept, more } = cap(utterances, LIMITS.utterances, words.moreUtterances)
  return {
    title,
    blocks: [
      say(words.saidIntro(utterances.length), 'quiet'),
      {
        kind: 'quotes',
        items: kept.map(({ t, text }) => ({
          when: writeClock(t),
          text: text === null ? null : quote(text),
          note: text === null ? words.withheld : '',
        })),
        more,
      },
    ],
  }
}

/** What was found, each with the words it was found in, and what was offered for it. */
export function composePatterns({ report, words }: Material): Section {
  const title = words.section.patterns
  const { distortions, interventions } = report
  if (distortions.length === 0) return { title, blocks: [say(words.patternsNone, 'quiet')] }
  const found = cap(distortions, LIMITS.patterns, words.more)
  const offered = cap(interventions, LIMITS.interventions, words.more)
  return {
    title,
    blocks: [
      say(words.patternsIntro),
      ...found.kept.flatMap(({ name, count, severity, evidence }): Block[] => [
        { kind: 'subtitle', text: name },
        say(words.patternFound(count, words.severity[severity]), 'quiet'),
        {
          kind: 'quotes',
          items: evidence.map(({ t, text }) => ({
            ...{ when: writeClock(t), text: quote(text), note: '' },
          })),
          more: null,
        },
      ]),
      ...sayMore(found.more),
      ...(offered.kept.length === 0
        ? []
        : [
            { kind: 'subtitle', text: words.offered } as const,
            {
              kind: 'list',
              items: offered.kept.flatMap(({ questions, tasks }) => [
                ...questions,
                ...tasks.map(({ title: task, duration }) => words.task(task, duration)),
              ]),
            } as const,
          ]),
      ...sayMore(offered.more),
    ],
  }
}

/** Each kind once, with its times. */
export function composeMoments({ report: { timeline }, words }: Material): Section {
  const title = words.section.moments
  const blocks = KINDS.flatMap((kind): Block[] => {
    const times = timeline.flatMap(({ t, incongruence }) => (incongruence === kind ? [t] : []))
    if (times.length === 0) return []
    const { kept, more } = cap(times, LIMITS.moments, words.more)
    return [
      say(words.moment[kind]),
      say(`${kept.map(writeClock).join(', ')}${more === null ? '' : ` ${more}`}`, 'quiet'),
    ]
  })
  return { title, blocks: blocks.length > 0 ? blocks : [say(words.momentsNone, 'quiet')] }
}

const sayMore = (more: string | null): Block[] => (more === null ? [] : [say(more, 'quiet')])

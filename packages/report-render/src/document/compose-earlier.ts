import { type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

const FIGURES = ['valence', 'arousal', 'speakingRatio', 'speechRate', 'meanPauseMs'] as const

/** Beside the same person's earlier sessions, in words: a figure alone would read like a mark. */
export function composeEarlier({ report: { comparison }, words }: Material): Section {
  const title = words.section.earlier
  if (comparison === null) return { title, blocks: [say(words.earlierNone, 'quiet')] }
  return {
    title,
    blocks: [
      say(words.earlierIntro(comparison.sessions, words.date(comparison.since)), 'quiet'),
      {
        kind: 'facts',
        items: FIGURES.map((name) => {
          const figure = comparison[name]
          const value = figure === null ? words.unknown : words.change[figure.change]
          return { term: words.figure[name], value }
        }),
      },
    ],
  }
}

import { drawCoverageStrips } from '../charts/strips.js'
import { LIMITS } from '../limits.js'
import { writeClock, writePercent } from '../wording/figures.js'
import { type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

/** What there was to go by, what was missing, and what was done in a simpler way. */
export function composeBasis({ report, words, stretches, pauses }: Material): Section {
  const { coverage, dataQuality, degraded, narrative, durationMs, status } = report
  const [face, voice, text] = [coverage.face, coverage.voice, coverage.text].map(writePercent) as [
    string,
    string,
    string,
  ]
  const shown = words.coverageShown(face, voice, text)
  const isOpen = status === 'paused'
  const notes = [
    ...pauses.map(({ from, to }, index) => {
      const until = isOpen && index === pauses.length - 1 ? words.untilNow : writeClock(to)
      return words.pausedFor(writeClock(from), until)
    }),
    ...dataQuality.flags.map((flag) => words.flag[flag] ?? words.flagOther(flag)),
    ...degraded.map(words.degraded),
    words.writtenBy[narrative.source],
  ]
  return {
    title: words.section.basis,
    blocks: [
      say(words.basisIntro, 'quiet'),
      {
        kind: 'chart',
        drawing: drawCoverageStrips(stretches, pauses, durationMs, shown, words),
        table: {
          head: ['', words.column.share],
          rows: [
            [words.source.face, face],
            [words.source.voice, voice],
            [words.source.text, text],
          ],
          more: null,
        },
      },
      say(shown),
      { kind: 'list', items: notes.slice(0, LIMITS.lines) },
    ],
  }
}

import { EMOTIONS } from '@bemore/protocol'
import { drawAffectTimeline } from '../charts/affect-timeline.js'
import { drawShareBars } from '../charts/share-bars.js'
import { LIMITS } from '../limits.js'
import { writeClock, writePercent, writePercentOrDash, writeSigned } from '../wording/figures.js'
import type { ReportWords } from '../wording/report-words.js'
import { type Block, cap, type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

export function composeCourse({ report, words, stretches, pauses }: Material): Section {
  const title = words.section.course
  const { timeline, durationMs } = report
  if (timeline.length === 0) return { title, blocks: [say(words.courseNone, 'quiet')] }
  const { kept, more } = cap(timeline, LIMITS.windowRows, words.moreWindows)
  const { column } = words
  return {
    title,
    blocks: [
      say(words.courseIntro, 'quiet'),
      {
        kind: 'chart',
        drawing: drawAffectTimeline(stretches, pauses, durationMs, words),
        table: {
          head: [
            ...[column.time, column.emotion, column.valence, column.arousal],
            ...[column.speaking, column.coverage],
          ],
          rows: kept.map(({ t, emotion, valence, arousal, voice, coverage }) => [
            ...[writeClock(t), words.emotion[emotion], writeSigned(valence), writeSigned(arousal)],
            ...[writePercentOrDash(voice?.speakingRatio ?? null), writePercent(coverage)],
          ]),
          more,
        },
      },
    ],
  }
}

export function composeEmotions({ report, words }: Material): Section {
  const title = words.section.emotions
  const { emotion, expression } = report
  const together = chartShares(emotion.distribution, words.emotionsChart, words)
  if (emotion.dominant === 'unknown' || together === null) {
    return { title, blocks: [say(words.emotionsNone, 'quiet')] }
  }
  const face = chartShares(expression.distribution, words.faceChart, words)
  return {
    title,
    blocks: [
      say(words.emotionsIntro(writePercent(emotion.share), words.emotion[emotion.dominant])),
      { kind: 'subtitle', text: words.emotionsChart },
      together,
      ...(face === null ? [] : [{ kind: 'subtitle', text: words.faceChart } as const, face]),
    ],
  }
}

/** In the order of the labels, so that two charts can be laid side by side; null without data. */
function chartShares(
  distribution: Readonly<Record<string, number>>,
  title: string,
  words: ReportWords,
): Block | null {
  const shares = EMOTIONS.flatMap((emotion) => {
    const share = distribution[emotion]
    return share === undefined ? [] : [{ name: words.emotion[emotion], share }]
  })
  const [first, ...rest] = shares
  if (first === undefined) return null
  const largest = rest.reduce((best, one) => (one.share > best.share ? one : best), first)
  return {
    kind: 'chart',
    drawing: drawShareBars(
      shares,
      title,
      words.barsShown(largest.name, writePercent(largest.share)),
    ),
    table: {
      head: [words.column.emotion, words.column.share],
      rows: shares.map(({ name, share }) => [name, writePercent(share)]),
      more: null,
    },
  }
}

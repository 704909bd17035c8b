import { LIMITS } from '../limits.js'
import { writeClock } from '../wording/figures.js'
import { cap, type Section, say } from './blocks.js'
import type { Material } from './compose-report.js'

/** @returns null where nobody's life may be at risk */
export function composeSupport({ report: { risk }, words }: Material): Section | null {
  if (!risk.flagged || risk.card === null) return null
  const { kept, more } = cap(risk.times, LIMITS.lines, words.more)
  const times = kept.map(writeClock).join(', ')
  return {
    title: words.call,
    blocks: [
      { kind: 'card', card: risk.card },
      ...(times === '' ? [] : [say(words.riskTimes(times), 'quiet')]),
      ...(more === null ? [] : [say(more, 'quiet')]),
    ],
  }
}

/** The card has said already who can be called, the narrative the most of it: no sentence comes twice. */
export function composeShort({ report, words }: Material): Section {
  const { card } = report.risk
  const isOfCard = (line: string) =>
    card !== null &&
    (line === card.message ||
      line === card.emergency ||
      card.contacts.some(({ phone }) => line.includes(phone)))
  const isTold = (line: string) => card === null && report.narrative.text.includes(line)
  const observations = report.keyObservations.filter((line) => !isOfCard(line) && !isTold(line))
  return {
    title: words.section.short,
    blocks: [
      ...(card === null ? [say(report.narrative.text, 'lead')] : []),
      ...(observations.length === 0
        ? []
        : [{ kind: 'list', items: observations.slice(0, LIMITS.lines) } as const]),
    ],
  }
}

export function composeNext({ report, words }: Material): Section | null {
  if (report.recommendations.length === 0) return null
  return {
    title: words.section.next,
    blocks: [{ kind: 'list', items: report.recommendations.slice(0, LIMITS.lines) }],
  }
}

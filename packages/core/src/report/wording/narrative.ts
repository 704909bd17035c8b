import { type ReportFacts, sourcesOf } from '../report-facts.js'
import { chooseWording } from './choose-wording.js'
import {
  sayCourse,
  sayDominant,
  sayFlow,
  sayLeaning,
  sayPatterns,
  sayTrends,
} from './observations.js'
import type { ReportLanguage } from './report-wording.js'

const MOST_SENTENCES = 6

/** Three to six sentences that say the most of it; the card alone where a life may be at risk. */
export function narrate(facts: ReportFacts, language: ReportLanguage): string {
  const words = chooseWording(language)
  const { card } = facts.risk
  if (card !== null) return [card.message, card.emergency, words.riskKeptShort].join(' ')
  const minutes = Math.round(facts.activeMs / 60_000)
  const sources = sourcesOf(facts.timeline)
  const opening =
    sources.length === 0
      ? words.openingWithoutSources(minutes)
      : words.opening(minutes, words.list(sources.map((source) => words.source[source])))
  if (facts.timeline.length === 0) return [opening, words.nothing, words.closing].join(' ')
  const told = [
    ...sayLeaning(facts, words),
    ...sayCourse(facts, words),
    ...sayPatterns(facts, words).slice(0, 1),
    ...sayFlow(facts, words, language),
    ...sayTrends(facts, words).slice(0, 1),
  ]
  return [
    opening,
    sayDominant(facts, words),
    ...told.slice(0, MOST_SENTENCES - 3),
    words.closing,
  ].join(' ')
}

import type { HotlineCardView } from '@bemore/protocol'
import { describeFlow } from '../../voice/wording.js'
import { countIncongruence, courseOf, type ReportFacts, sourcesOf } from '../report-facts.js'
import { chooseWording } from './choose-wording.js'
import type { ReportLanguage, ReportWording } from './report-wording.js'

/** Beyond this the mean valence or arousal is worth a sentence; within it, it is noise. */
const NOTEWORTHY = 0.2
/** Most frequent thinking patterns that are spoken of. */
const PATTERNS = 2

/** One sentence or two each. Where a life may be at risk who can be called comes first. */
export function describeObservations(facts: ReportFacts, language: ReportLanguage): string[] {
  const words = chooseWording(language)
  if (facts.risk.card !== null) {
    return [...sayCard(facts.risk.card, words), words.riskKeptShort, ...sayQuality(facts, words)]
  }
  if (facts.timeline.length === 0) return [words.nothing]
  return [
    sayDominant(facts, words),
    ...sayAffect(facts, words),
    ...sayVoice(facts, words, language),
    ...sayTrends(facts, words),
    ...sayPatterns(facts, words),
    ...sayIncongruence(facts, words),
    ...sayQuality(facts, words),
  ]
}

export function sayCard(card: HotlineCardView, words: ReportWording): string[] {
  return [
    card.message,
    ...card.contacts.map(({ name, phone, hours }) => words.contact(name, phone, hours)),
    card.emergency,
  ]
}

export function sayDominant(facts: ReportFacts, words: ReportWording): string {
  const { emotion, voice, quality } = facts
  if (emotion.dominant === 'unknown') {
    if (quality.usableFrames > 0 || facts.text !== null) return words.tooLittle
    return (voice?.heardMs ?? 0) > 0 ? words.voiceOnly : words.noFace
  }
  const sources = sourcesOf(facts.timeline)
  const name = words.emotion[emotion.dominant]
  const percent = toPercent(emotion.share)
  if (sources.length === 1) {
    if (sources[0] === 'face') return words.dominantFace(name, percent)
    if (sources[0] === 'text') return words.dominantWords(name, percent)
  }
  const together = words.list(sources.map((source) => words.source[source]))
  return words.dominantTogether(together, name, percent)
}

export function sayLeaning({ affect }: ReportFacts, words: ReportWording): string[] {
  if (affect === null) return []
  if (affect.valence > NOTEWORTHY) return [words.pleasant]
  return affect.valence < -NOTEWORTHY ? [words.unpleasant] : []
}

export function sayCourse({ timeline }: ReportFacts, words: ReportWording): string[] {
  const course = courseOf(timeline)
  return course === null ? [] : [words[course]]
}

function sayAffect(facts: ReportFacts, words: ReportWording): string[] {
  const { affect, emotion, expression } = facts
  if (affect === null) return []
  const isFaceApart = expression.dominant !== 'unknown' && expression.dominant !== emotion.dominant
  return [
    ...(isFaceApart ? [words.faceAlone(words.emotion[expression.dominant])] : []),
    ...sayLeaning(facts, words),
    ...(affect.arousal > NOTEWORTHY ? [words.lively] : []),
    ...(affect.arousal < -NOTEWORTHY ? [words.calm] : []),
    ...(emotion.transitions > 0 ? [words.changes(emotion.transitions)] : []),
    ...sayCourse(facts, words),
  ]
}

export function sayFlow(
  { voice }: ReportFacts,
  words: ReportWording,
  language: ReportLanguage,
): string[] {
  if (voice === null || voice.flow === 'unheard') return []
  return [voice.flow === 'little' ? words.littleSpeech : describeFlow(voice.flow, language)]
}

function sayVoice(facts: ReportFacts, words: ReportWording, language: ReportLanguage): string[] {
  const { voice } = facts
  const flow = sayFlow(facts, words, language)
  if (voice === null || flow.length === 0 || voice.flow === 'little') return flow
  const { speakingRatio, meanPauseMs } = voice
  return [
    ...flow,
    ...(speakingRatio === null ? [] : [words.spoke(toPercent(speakingRatio))]),
    ...(meanPauseMs === null ? [] : [words.pauses((meanPauseMs / 1000).toFixed(1))]),
  ]
}

/** Only ever beside the same person's other sessions. */
export function sayTrends({ comparison }: ReportFacts, words: ReportWording): string[] {
  if (comparison === null) return []
  const names = ['valence', 'arousal', 'speakingRatio', 'speechRate', 'meanPauseMs'] as const
  const known = names.filter((name) => comparison[name] !== null)
  if (known.length === 0) return []
  const changed = known.flatMap((name) => {
    const change = comparison[name]?.change
    return change === undefined || change === 'similar' ? [] : [words.trend[name][change]]
  })
  return changed.length === 0 ? [words.trendSteady] : changed
}

export function sayPatterns({ distortions }: ReportFacts, words: ReportWording): string[] {
  if (distortions.length === 0) return []
  return [
    ...distortions.slice(0, PATTERNS).map(({ name, count }) => words.pattern(name, count)),
    words.patternsAreCommon,
  ]
}

function sayIncongruence({ timeline }: ReportFacts, words: ReportWording): string[] {
  const smiles = countIncongruence(timeline, 'smile-with-unpleasant-words')
  const frowns = countIncongruence(timeline, 'frown-with-pleasant-words')
  return [
    ...(smiles > 0 ? [words.smileWithUnpleasantWords(smiles)] : []),
    ...(frowns > 0 ? [words.frownWithPleasantWords(frowns)] : []),
  ]
}

/** Nothing is said of a channel that nobody used in a session that had another. */
function sayQuality({ quality, coverage, voice }: ReportFacts, words: ReportWording): string[] {
  const has = (flag: string) => quality.flags.includes(flag)
  return [
    ...(quality.frames > 0 ? [words.coverage(toPercent(coverage.face))] : []),
    ...(has('low_coverage') ? [words.lowCoverage] : []),
    ...(has('aspect_assumed') ? [words.aspectAssumed] : []),
    ...(voice !== null && has('no_voice_data') ? [words.noVoice] : []),
    ...(has('low_snr') ? [words.lowSnr] : []),
    ...(has('voice_by_client') ? [words.voiceByClient] : []),
  ]
}

function toPercent(share: number): number {
  return Math.round(share * 100)
}

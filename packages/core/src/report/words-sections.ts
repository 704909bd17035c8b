import { type CbtFinding, EMOTIONS, SEVERITIES } from '@bemore/protocol'
import { DISTORTIONS, type DistortionType } from '../session/text-events.js'
import { nameDistortion, viewFinding, viewIntervention } from '../text/cbt/choose-intervention.js'
import { hotlineCard } from '../text/risk/hotline-card.js'
import type {
  DistortionTally,
  ReportedIntervention,
  ReportedUtterance,
  RiskSection,
  TextSection,
} from './schema/words-schema.js'
import type { ReportLanguage } from './wording/report-wording.js'
import type { TakenUtterance, Words } from './words.js'

const EVIDENCE = 3
const round = (value: number): number => Number(value.toFixed(3))
const sessionTime = (startedAt: number, at: number) => Math.max(0, Math.round(at - startedAt))

/** @returns null where nothing was said in words. */
export function describeText({ utterances }: Words): TextSection | null {
  if (utterances.length === 0) return null
  const languages = { ko: 0, en: 0, unknown: 0 }
  for (const { language } of utterances) languages[language] += 1
  const read = utterances.flatMap(({ emotion }) => emotion.probabilities ?? [])
  const count = read.length / EMOTIONS.length
  return {
    utterances: utterances.length,
    languages,
    meanValence: meanValence(utterances),
    distribution:
      count === 0
        ? {}
        : Object.fromEntries(
            EMOTIONS.map((emotion, index) => {
              let sum = 0
              for (let i = index; i < read.length; i += EMOTIONS.length) sum += read[i] as number
              return [emotion, round(sum / count)]
            }),
          ),
  }
}

/** @returns null where no utterance has one. */
export function meanValence(utterances: readonly TakenUtterance[]): number | null {
  const known = utterances.flatMap(({ emotion: { valence } }) => (valence === null ? [] : valence))
  return known.length === 0 ? null : round(known.reduce((sum, v) => sum + v, 0) / known.length)
}

export function listUtterances({ utterances }: Words, startedAt: number): ReportedUtterance[] {
  return utterances.map(({ at, text, language, emotion }) => ({
    t: sessionTime(startedAt, at),
    timestamp: Math.round(at),
    text,
    language,
    emotion: emotion.label,
    valence: emotion.valence,
    withheld: text === null,
  }))
}

/** Most frequent first. Evidence is the earliest, a line an utterance. */
export function tallyDistortions(
  { utterances }: Words,
  startedAt: number,
  language: ReportLanguage,
): DistortionTally[] {
  const tallies = new Map<DistortionType, DistortionTally>()
  for (const { at, distortions } of utterances) {
    for (const { type, severity, examples } of distortions) {
      const known = tallies.get(type)
      const tally = known ?? {
        ...{ type, name: nameDistortion(type, language), count: 0, severity, evidence: [] },
      }
      tally.count += 1
      if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(tally.severity)) {
        tally.severity = severity
      }
      const [text] = examples
      if (text !== undefined && tally.evidence.length < EVIDENCE) {
        tally.evidence.push({ t: sessionTime(startedAt, at), text })
      }
      tallies.set(type, tally)
    }
  }
  return DISTORTIONS.flatMap((type) => tallies.get(type) ?? []).sort(
    (a, b) => b.count - a.count || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  )
}

/** One finding for each utterance in which anything was found. */
export function listFindings(
  { utterances, interventions }: Words,
  language: ReportLanguage,
): CbtFinding[] {
  const byUtterance = new Map(interventions.map(({ data }) => [data.utteranceId, data]))
  return utterances.flatMap(({ utteranceId, distortions }) =>
    distortions.length === 0
      ? []
      : [viewFinding(distortions, byUtterance.get(utteranceId) ?? null, language)],
  )
}

export function listInterventions(
  { interventions }: Words,
  startedAt: number,
  language: ReportLanguage,
): ReportedIntervention[] {
  return interventions.map(({ at, data }) => ({
    t: sessionTime(startedAt, at),
    timestamp: Math.round(at),
    ...viewIntervention(data, language),
  }))
}

export function describeRisk(
  { riskTimes }: Words,
  startedAt: number,
  language: ReportLanguage,
): RiskSection {
  const flagged = riskTimes.length > 0
  return {
    flagged,
    count: riskTimes.length,
    times: riskTimes.map((at) => sessionTime(startedAt, at)),
    card: flagged ? hotlineCard(language) : null,
  }
}

import type { ReportFacts } from '../report-facts.js'
import { chooseWording } from './choose-wording.js'
import { sayCard } from './observations.js'
import type { ReportLanguage } from './report-wording.js'

/** Offers, not orders; where a life may be at risk, only who can be called. */
export function describeRecommendations(facts: ReportFacts, language: ReportLanguage): string[] {
  const words = chooseWording(language)
  const { quality, risk, distortions, interventions, timeline, voice } = facts
  if (risk.card !== null) {
    const [, ...contacts] = sayCard(risk.card, words)
    return [...contacts, words.adviseRisk]
  }
  const has = (flag: string) => quality.flags.includes(flag)
  const isCameraPoor =
    has('low_coverage') ||
    (has('no_face_data') && facts.text === null && (voice?.heardMs ?? 0) === 0)
  const task = interventions.flatMap(({ tasks }) => tasks)[0]
  return [
    ...(task === undefined ? [] : [words.adviseTask(task.title, task.duration)]),
    ...(distortions.length > 0 ? [words.adviseThoughts] : []),
    ...(timeline.some(({ incongruence }) => incongruence !== null) ? [words.adviseMoments] : []),
    ...(isCameraPoor ? [words.adviseCamera] : []),
    ...(has('low_snr') ? [words.adviseMicrophone] : []),
    words.adviseTalk,
  ]
}

import { ACTION_UNITS, EXPRESSIONS, type FaceEstimate } from '@bemore/core'

const round = (value: number) => Math.round(value * 1000) / 1000

/** Whether an estimate differs from the last one sent by more than noise. */
export function isNews(estimate: FaceEstimate, last: FaceEstimate): boolean {
  return (
    estimate.status !== last.status ||
    estimate.label !== last.label ||
    Math.abs(estimate.valence - last.valence) > 0.03 ||
    Math.abs(estimate.arousal - last.arousal) > 0.03 ||
    Math.abs(estimate.dominance - last.dominance) > 0.03 ||
    Math.abs(estimate.confidence - last.confidence) > 0.1
  )
}

export function affectMessage(estimate: FaceEstimate, now: number): object {
  const { status, label, valence, arousal, dominance, confidence, quality } = estimate
  const measured = status === 'measured'
  return {
    type: 'affect',
    data: {
      label,
      status,
      probabilities: measured
        ? Object.fromEntries(
            EXPRESSIONS.map((name, i) => [name, round(estimate.probabilities[i] ?? 0)]),
          )
        : {},
      valence: measured ? round(valence) : null,
      arousal: measured ? round(arousal) : null,
      dominance: measured ? round(dominance) : null,
      confidence: round(confidence),
      quality: round(quality),
      evidence: {
        au: Object.fromEntries(
          ACTION_UNITS.flatMap((name, i) => {
            const intensity = estimate.actionUnits[i] ?? 0
            return intensity >= 0.05 ? [[name, round(intensity)]] : []
          }),
        ),
      },
      aspectAssumed: estimate.aspectAssumed,
      source: 'local',
      timestamp: now,
    },
  }
}

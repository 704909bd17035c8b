import type { AffectVector } from '../report/schema/affect-schema.js'
import type { SessionFigures } from '../report/session-figures.js'

/** Three numbers, any of which may not be known. */
export type PartialAffect = { readonly [Name in keyof AffectVector]: number | null }

const UNKNOWN: PartialAffect = { valence: null, arousal: null, dominance: null }
const round = (value: number): number => Number(value.toFixed(3))

/**
 * The mean over sessions, each weighted by the time in which its affect was known: of one session it is
 * the `vadVector` of its report.
 */
export function averageAffectOf(sessions: readonly SessionFigures[]): PartialAffect {
  let total = 0
  const sum = { valence: 0, arousal: 0, dominance: 0 }
  for (const { affect, affectMs } of sessions) {
    if (affect === null) continue
    // Clocks may leave a session no time.
    const weight = Math.max(affectMs, 1)
    total += weight
    sum.valence += affect.valence * weight
    sum.arousal += affect.arousal * weight
    sum.dominance += affect.dominance * weight
  }
  if (total === 0) return UNKNOWN
  return {
    valence: round(sum.valence / total),
    arousal: round(sum.arousal / total),
    dominance: round(sum.dominance / total),
  }
}

/** How far `later` is from `earlier`; null where either is not known. */
export function subtractAffect(later: PartialAffect, earlier: PartialAffect): PartialAffect {
  const subtract = (name: keyof PartialAffect) => {
    const [to, from] = [later[name], earlier[name]]
    return to === null || from === null ? null : round(to - from)
  }
  return {
    valence: subtract('valence'),
    arousal: subtract('arousal'),
    dominance: subtract('dominance'),
  }
}

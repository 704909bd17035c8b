/**
 * Speech moves the mouth in ways that look like expressions. While somebody speaks, the action units of
 * the mouth count half (emotion-engine.md §4). It is done where face and voice come together, and not
 * in the face engine, so that it does not matter on which process either was measured: the map from
 * units to expressions is linear before its softmax, so half of what the mouth gave is taken back there.
 * The second over which the engine smooths its expressions stands for the median the design asks for.
 */
import { ACTION_UNITS, type ActionUnit } from '../face/action-units.js'
import { valenceOf } from '../face/affect.js'
import { EXPRESSIONS, LOGIT_WEIGHTS } from '../face/expression.js'
import type { FaceEvidence } from './fuse.js'

const MOUTH: readonly ActionUnit[] = [17, 20, 24, 25, 26]
const WHILE_SPEAKING = 0.5

/**
 * @param actionUnits in the order of ACTION_UNITS, of the moment or means of a window
 * @param share of the time in which somebody spoke, 0..1
 */
export function discountSpeech(
  face: FaceEvidence,
  actionUnits: ArrayLike<number>,
  share: number,
): FaceEvidence {
  if (share <= 0) return face
  const weighed = EXPRESSIONS.map((label, e) => {
    const given = MOUTH.reduce((sum, unit) => {
      const shown = actionUnits[ACTION_UNITS.indexOf(unit)] as number
      return sum + (LOGIT_WEIGHTS[label][unit] ?? 0) * shown
    }, 0)
    const taken = (1 - WHILE_SPEAKING) * Math.min(1, share) * given
    return (face.probabilities[e] as number) * Math.exp(-taken)
  })
  const total = weighed.reduce((sum, value) => sum + value, 0)
  const probabilities = weighed.map((value) => value / total)
  const change = valenceOf(probabilities) - valenceOf(face.probabilities)
  const valence = Math.min(1, Math.max(-1, face.valence + change))
  return { ...face, probabilities, valence }
}

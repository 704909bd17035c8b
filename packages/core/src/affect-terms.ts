import { EMOTIONS, type Emotion } from '@bemore/protocol'

/**
 * Pleasure, arousal, dominance of the terms (Russell & Mehrabian 1977, J. Res. Pers. 11:273-294), but
 * for the pleasure of `anxious`: the published +.01 is of the English word in its sense of eager, and
 * what 불안 and anxiety mean here is not. -.4 is our own choice.
 */
export const AFFECT_TERMS: Readonly<Record<Emotion, readonly [number, number, number]>> = {
  happy: [0.81, 0.51, 0.46],
  sad: [-0.63, -0.27, -0.33],
  angry: [-0.51, 0.59, 0.25],
  anxious: [-0.4, 0.59, -0.15],
  neutral: [0, 0, 0],
  surprised: [0.4, 0.67, -0.13],
  disgusted: [-0.6, 0.35, 0.11],
  fearful: [-0.64, 0.6, -0.43],
}

export interface AffectMixture {
  readonly valence: number
  readonly arousal: number
  readonly dominance: number
}

/** Of a mixture of emotions. @param probabilities in the order of EMOTIONS, sum 1. */
export function mixAffect(probabilities: ArrayLike<number>): AffectMixture {
  let [valence, arousal, dominance] = [0, 0, 0]
  EMOTIONS.forEach((emotion, i) => {
    const [p, a, d] = AFFECT_TERMS[emotion]
    const share = probabilities[i] as number
    valence += p * share
    arousal += a * share
    dominance += d * share
  })
  return { valence, arousal, dominance }
}

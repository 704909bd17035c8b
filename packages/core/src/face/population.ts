/**
 * What a relaxed face measures before anything is known of the person: mean and between-person
 * standard deviation in outer-canthus distances, from two independent MediaPipe sets of neutral
 * faces. Where the sets gave no figure (marked) it follows from the others by geometry or from
 * MediaPipe's canonical face. The canonical face itself is no neutral: its eyes are narrow, its
 * mouth half open, its nose thin and its chin long.
 */
import { FEATURES, type Feature } from './features.js'

interface Norm {
  readonly mean: number
  readonly sd: number
}

const NORMS: Record<Feature, Norm> = {
  browInner: { mean: 0.25, sd: 0.024 },
  browMiddle: { mean: 0.268, sd: 0.025 },
  browOuter: { mean: 0.213, sd: 0.018 },
  browGap: { mean: 0.32, sd: 0.013 },
  // Inner minus outer height, less the slant of the eye (outer canthus .01 above the inner one).
  browSlope: { mean: 0.027, sd: 0.02 },
  eyeAspectRatio: { mean: 0.29, sd: 0.05 },
  upperLid: { mean: 0.0545, sd: 0.011 },
  lowerLid: { mean: 0.033, sd: 0.007 },
  noseLength: { mean: 0.555, sd: 0.029 },
  noseWidth: { mean: 0.287, sd: 0.019 },
  mouthWidth: { mean: 0.547, sd: 0.038 },
  mouthOpen: { mean: 0.015, sd: 0.015 },
  // .016 is the outer lip's; the inner corners lie .006 lower on the canonical face.
  cornerRaise: { mean: 0.013, sd: 0.018 },
  cornerRaiseRight: { mean: 0.016, sd: 0.02 },
  cornerRaiseLeft: { mean: 0.016, sd: 0.02 },
  cornerToEye: { mean: 0.756, sd: 0.042 },
  // Half of what the mouth is wider than the nose, and half of the two spreads combined.
  cornerToNose: { mean: 0.13, sd: 0.021 },
  upperLipToNose: { mean: 0.163, sd: 0.022 },
  // Spreads of the lips' thickness are our estimate: a fifth of the mean.
  upperLipThickness: { mean: 0.071, sd: 0.014 },
  lowerLipThickness: { mean: 0.108, sd: 0.02 },
  // Canonical face; spread by analogy with the lids, which are as finely curved.
  upperLipSquareness: { mean: 0.011, sd: 0.008 },
  chinToLip: { mean: 0.33, sd: 0.06 },
}

/** Population means in the order of FEATURES. */
export const POPULATION_MEAN: readonly number[] = FEATURES.map((name) => NORMS[name].mean)

/** Between-person standard deviations in the order of FEATURES. */
export const POPULATION_SD: readonly number[] = FEATURES.map((name) => NORMS[name].sd)

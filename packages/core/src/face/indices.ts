/**
 * Landmark numbers of MediaPipe FaceMesh's canonical numbering. "Right" is the subject's right,
 * which is the left of an unmirrored picture.
 */

/**
 * The 68 landmarks that stand for dlib's 68-point scheme, in its order: 0-16 jaw, 17-21 right
 * brow, 22-26 left brow, 27-30 nose bridge, 31-35 nose base, 36-41 right eye, 42-47 left eye,
 * 48-59 outer lip, 60-67 inner lip. Every feature is defined over positions in this list.
 */
export const DLIB_68: readonly number[] = [
  162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389, 71, 63, 105,
  66, 107, 336, 296, 334, 293, 301, 168, 197, 5, 4, 75, 97, 2, 326, 305, 33, 160, 158, 133, 153,
  144, 362, 385, 387, 263, 373, 380, 61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82,
  13, 312, 308, 317, 14, 87,
]

/** Points that no expression moves much: what the head's pose is read from. */
export const RIGID_POINTS: readonly number[] = [
  10, 33, 133, 362, 263, 168, 6, 197, 234, 454, 127, 356,
]

export const OUTER_CANTHUS_RIGHT = 33
export const OUTER_CANTHUS_LEFT = 263
export const INNER_CANTHUS_RIGHT = 133
export const INNER_CANTHUS_LEFT = 362
export const FOREHEAD = 10
export const CHIN = 152
export const NOSE_TIP = 4
export const UPPER_LIP_INNER = 13
export const LOWER_LIP_INNER = 14
/** Iris centres, present only among 478; which eye each one is in is checked, not trusted. */
export const IRIS_CENTRES = [468, 473] as const

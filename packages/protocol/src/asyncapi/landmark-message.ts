import Type from 'typebox'
import { MAX_SEQ } from '../frame-header.js'
import {
  COORDINATE_LIMIT,
  LANDMARK_COUNT,
  LANDMARK_COUNT_WITHOUT_IRISES,
} from '../landmark-frame.js'

const Coordinate = Type.Number({ minimum: -COORDINATE_LIMIT, maximum: COORDINATE_LIMIT })
const Point = Type.Object({ x: Coordinate, y: Coordinate, z: Coordinate })

const face = (points: number) => Type.Array(Point, { minItems: points, maxItems: points })

/**
 * A landmark frame as JSON. It documents `readLandmarkMessage`, which reads the bytes and is the
 * definition: a schema in its place would cost every frame its garbage.
 */
export const LandmarksMessage = Type.Object(
  {
    type: Type.Literal('landmarks'),
    data: Type.Union(
      [
        face(LANDMARK_COUNT),
        face(LANDMARK_COUNT_WITHOUT_IRISES),
        Type.Array(Point, { maxItems: 0 }),
        Type.Null(),
      ],
      { description: 'The points of one face, normalised to the picture; [] or null: no face' },
    ),
    timestamp: Type.Number({ minimum: 0, maximum: 8.64e15, description: 'At capture, Unix ms' }),
    aspect: Type.Optional(
      Type.Union([Type.Number({ minimum: 0, maximum: 5 }), Type.Null()], {
        description: 'Picture width / height, 0.2 to 5; 0 or null: unknown, 4:3 is assumed',
      }),
    ),
    seq: Type.Optional(
      Type.Integer({ minimum: 0, maximum: MAX_SEQ, description: 'After `hello`: frame number' }),
    ),
  },
  { title: 'landmarks' },
)

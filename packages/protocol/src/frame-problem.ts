/**
 * Why a frame was refused: the name travels in the `ref` of a MALFORMED_MESSAGE error, the sentence
 * tells the client's developer what to change. A refused frame costs the frame, not the socket.
 */
export const FRAME_PROBLEMS = {
  TRUNCATED: 'The frame ends before its content does: send the whole frame in one message.',
  TRAILING_BYTES: 'Bytes follow the content the frame announces: count and length disagree.',
  BAD_VERSION: 'The first byte is not a version this server speaks: send version 1.',
  UNKNOWN_KIND: 'The second byte is not a known kind: 1 landmarks f32, 2 landmarks u16, 3 voice.',
  UNEXPECTED_KIND: 'The frame is of a kind that does not belong on this channel.',
  BAD_TIMESTAMP: 'The client time is not a number of milliseconds since 1970.',
  BAD_SEQ: 'The frame number is not an integer from 0 to 4294967295.',
  BAD_COUNT:
    'A face has 468 or 478 points; a frame without points is one that says no face is in view.',
  BAD_ASPECT: 'The aspect ratio (width / height) is neither 0 (unknown) nor within 0.2 to 5.',
  NOT_FINITE: 'A coordinate is not a finite 32-bit number.',
  OUT_OF_RANGE: 'A coordinate is beyond 10 picture sizes: send x, y, z normalised to the picture.',
  NOT_JSON: 'The text is not JSON in UTF-8.',
  BAD_DATA: '`data` is not an array of points: send [{x,y,z}, …], or [] when no face is in view.',
  BAD_POINT: 'A point is not an object with the numbers x, y and z.',
  BAD_SAMPLE_RATE: 'The sample rate is outside 8000 to 48000 Hz.',
  BAD_DURATION: 'A voice frame carries up to 100 ms of sound, and none only when muted.',
} as const

export type FrameProblem = keyof typeof FRAME_PROBLEMS

/** What every decoder answers: the frame is filled, or it must not be read. */
export type FrameVerdict = 'ok' | FrameProblem

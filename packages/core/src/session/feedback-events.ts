import Type, { type Static } from 'typebox'

/**
 * What a person thinks of a session. The rating belongs to the session's course; the note is the
 * person's own words, so it is an event of its own whose type is one of text: consent and retention
 * erase it like everything that was said.
 */
export const FEEDBACK_EVENT_SCHEMAS = {
  /** The latest of a session counts. */
  'feedback.given': Type.Object({
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    /** A note was given with it, whether or not its words are kept. */
    hasNote: Type.Boolean(),
  }),
  /** Follows its `feedback.given`. `text` is null where it was withheld: a flagged one is not kept. */
  'text.feedback': Type.Object({ text: Type.Union([Type.String(), Type.Null()]) }),
} as const

export type FeedbackGiven = Static<(typeof FEEDBACK_EVENT_SCHEMAS)['feedback.given']>

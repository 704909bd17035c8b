import type { SessionFigures } from '../report/session-figures.js'

/** One of a person's sessions, as it is looked back upon. Times are Unix ms. */
export interface PastSession {
  readonly startedAt: number
  /** null while it runs. */
  readonly endedAt: number | null
  /** null where its log has not been read. */
  readonly figures: SessionFigures | null
}

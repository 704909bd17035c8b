/**
 * Windows belong to the session's clock, not to a connection: window k covers the 10 s from
 * `startedAt + 10 s × k`, whichever process, socket or reconnect the frames came by. A pause or a
 * flush closes a window early; what comes later in the same 10 s is another part of the same window,
 * and a fold merges the parts.
 */
export const WINDOW_MS = 10_000

/** Index of the window that holds `at` (Unix ms); 0 for anything before the start (clock skew). */
export function windowIndexAt(startedAt: number, at: number): number {
  return Math.max(0, Math.floor((at - startedAt) / WINDOW_MS))
}

/** First moment after window `index`, Unix ms. */
export function windowEndsAt(startedAt: number, index: number): number {
  return startedAt + (index + 1) * WINDOW_MS
}

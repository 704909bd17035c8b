/**
 * How many frames a client may send now. The one place where the ways in which this process can be
 * behind come together: a client that keeps to its credit never has a frame dropped.
 */
export interface Backlog {
  /** Parts of the client's windows that are not durable yet, and how many of them may be. */
  readonly pendingParts: number
  readonly pendingPartsLimit: number
}

/** Whether there is no credit at all, whatever the client's allowance: asked at every frame. */
export function isStopped(pendingParts: number, pendingPartsLimit: number): boolean {
  return pendingParts > pendingPartsLimit
}

/**
 * @param allowed frames the client's allowance lets pass at this moment.
 * @param burst most that is given at once: two seconds of frames.
 * @returns whole frames; 0: send nothing until told otherwise.
 */
export function creditOf(allowed: number, burst: number, backlog: Backlog): number {
  if (isStopped(backlog.pendingParts, backlog.pendingPartsLimit)) return 0
  return Math.max(0, Math.floor(Math.min(allowed, burst)))
}

/**
 * Wait before attempt `attempt` (1 is the first retry), ms: exponential, of which the upper half is
 * random, so that the clients of a restarted server do not all come back in the same moment.
 */
export function retryDelay(
  attempt: number,
  { firstMs, maxMs }: { readonly firstMs: number; readonly maxMs: number },
  random: () => number,
): number {
  const ceiling = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30))
  return ceiling / 2 + random() * (ceiling / 2)
}

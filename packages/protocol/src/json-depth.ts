/** Deeper than anything of ours is by far, and harmless to what goes through values by recursion. */
const MOST_LEVELS = 32

/** Whether a JSON value holds objects or arrays within one another beyond all reason. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (value === null || typeof value !== 'object') return false
  if (levels === 0) return true
  return Object.values(value).some((each) => isTooDeep(each, levels - 1))
}

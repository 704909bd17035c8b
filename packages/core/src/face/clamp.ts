/** `value` held within [0, 1]; NaN stays NaN. */
export function clampUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}

/** `value` where it is positive, else 0: the half-wave of the action-unit formulas. */
export function positive(value: number): number {
  return Math.max(value, 0)
}

const HALF = 8

/** A signed value in [-1, 1] as a bar to the left or right of a middle line; empty for null. */
export function renderSignedBar(value: number | null): string {
  const length = value === null ? 0 : Math.min(HALF, Math.round(Math.abs(value) * HALF))
  const left = value !== null && value < 0 ? '█'.repeat(length).padStart(HALF) : ' '.repeat(HALF)
  const right = value !== null && value > 0 ? '█'.repeat(length).padEnd(HALF) : ' '.repeat(HALF)
  return `${left}│${right}`
}

/** A share in [0, 1] as a bar of up to `width` cells. */
export function renderShareBar(share: number, width: number): string {
  return '█'.repeat(Math.round(Math.max(0, Math.min(1, share)) * width))
}

export function renderSigned(value: number | null): string {
  return value === null
    ? '    -'
    : `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`.padStart(5)
}

export function renderPercent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(5)
}

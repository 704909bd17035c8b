/** Figures as they are written in both languages. */

const DASH = '–'

/** @param ms of the session's clock; `4:05`, `1:04:05` */
export function writeClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = pad(seconds % 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`
}

/** @param share 0..1; never 0 % or 100 % where it is not exactly that */
export function writePercent(share: number): string {
  const percent = Math.round(share * 100)
  if (percent === 0 && share > 0) return '<1%'
  if (percent === 100 && share < 1) return '>99%'
  return `${percent}%`
}

/** @param value -1..1, with its sign; null is a dash, which the page explains */
export function writeSigned(value: number | null): string {
  if (value === null) return DASH
  const text = Math.abs(value).toFixed(2)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}

export function writePercentOrDash(share: number | null): string {
  return share === null ? DASH : writePercent(share)
}

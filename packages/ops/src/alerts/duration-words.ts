import type { Language } from '@bemore/protocol'

const UNITS = [
  { ms: 86_400_000, en: ' d', ko: '일' },
  { ms: 3_600_000, en: ' h', ko: '시간' },
  { ms: 60_000, en: ' min', ko: '분' },
  { ms: 1_000, en: ' s', ko: '초' },
] as const

/** A length of time in its two largest units: `3 min 20 s`, `3분 20초`. */
export function describeDuration(ms: number, language: Language): string {
  const largest = UNITS.findIndex((unit) => ms >= unit.ms)
  if (largest < 0) return language === 'ko' ? '0초' : '0 s'
  const words = UNITS.slice(largest, largest + 2).map((unit, place) => {
    const whole = place === 0 ? ms : ms % (UNITS[largest]?.ms ?? 1)
    return { count: Math.floor(whole / unit.ms), unit: unit[language] }
  })
  return words
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count}${unit}`)
    .join(' ')
}

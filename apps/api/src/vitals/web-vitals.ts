import { createTally, type Metrics } from '@bemore/ops'

/**
 * How the pages of the web client feel to those who use them, as their browsers measure it. Anybody
 * may send it, so only values of fixed sets become labels, and no number is believed beyond a bound.
 */
export const VITALS = ['CLS', 'FCP', 'FID', 'INP', 'LCP', 'TTFB'] as const
export type Vital = (typeof VITALS)[number]

export const RATINGS = ['good', 'needs-improvement', 'poor'] as const
export type VitalRating = (typeof RATINGS)[number]

export interface WebVitals {
  /** @param value ms; of CLS a score without a unit */
  note(name: Vital, rating: VitalRating, value: number): void
  /** An alert of a page; what it says is neither logged nor kept. */
  noteAlert(): void
}

const SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.8, 2.5, 3, 4, 10]
const SHIFTS = [0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 1]
const MOST_SECONDS = 60
const MOST_SHIFT = 10

export function createWebVitals(metrics: Metrics): WebVitals {
  const counts = createTally()
  let alerts = 0
  metrics.counters(
    'bemore_web_vitals_total',
    'Web vitals that browsers reported, by name and their own rating',
    ['name', 'rating'],
    () => counts.samples(),
  )
  metrics.counter('bemore_web_alerts_total', 'Alerts that pages reported', () => alerts)
  const took = metrics.durations(
    'bemore_web_vitals_seconds',
    'Web vitals that are times, at most a minute each',
    ['name'],
    SECONDS,
  )
  const shifted = metrics.durations(
    'bemore_web_layout_shift',
    'Cumulative layout shift, a score without a unit, at most 10 each',
    [],
    SHIFTS,
  )

  return {
    note(name, rating, value) {
      counts.add(name, rating)
      if (name === 'CLS') shifted(Math.min(value, MOST_SHIFT))
      else took(Math.min(value / 1_000, MOST_SECONDS), name)
    },
    noteAlert() {
      alerts += 1
    },
  }
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A value, and those of the labels, in the order in which the metric names them. */
export type Sample = readonly [value: number, ...labels: string[]]
export type Samples = Iterable<Sample>

/**
 * What a process can be asked for at `/metrics`. Gauges and counters are read when they are scraped,
 * from plain numbers that whoever counts keeps anyway: counting costs an addition. Label values must
 * come from a bounded set (a code, a route's template) and never name a session or a person.
 */
export interface Metrics {
  gauge(name: string, help: string, read: () => number | null): void
  gauges(name: string, help: string, labels: readonly string[], read: () => Samples): void
  /** `read` gives totals since the start of the process: they never fall. */
  counter(name: string, help: string, read: () => number): void
  counters(name: string, help: string, labels: readonly string[], read: () => Samples): void
  /** @returns takes a duration in seconds, with the values of the labels; not for the hot path */
  durations(
    name: string,
    help: string,
    labels: readonly string[],
    buckets: readonly number[],
  ): Timed
  /** The text of a scrape, in Prometheus' format 0.0.4. */
  render(): Promise<string>
  readonly contentType: string
}

export type Timed = (seconds: number, ...labels: string[]) => void

/** With the standard metrics of a Node process: CPU, memory, event-loop delay, garbage collection. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]

  return {
    gauge(name, help, read) {
      new Gauge({
        ...{ name, help, registers },
        collect() {
          const value = read()
          if (value === null) this.remove()
          else this.set(value)
        },
      })
    },
    gauges(name, help, labels, read) {
      new Gauge({
        ...{ name, help, registers, labelNames: [...labels] },
        collect() {
          this.reset()
          for (const [value, ...values] of read()) this.labels(...values).set(value)
        },
      })
    },
    counter(name, help, read) {
      new Counter({
        ...{ name, help, registers },
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    },
    counters(name, help, labels, read) {
      new Counter({
        ...{ name, help, registers, labelNames: [...labels] },
        collect() {
          this.reset()
          for (const [value, ...values] of read()) this.labels(...values).inc(value)
        },
      })
    },
    durations(name, help, labels, buckets) {
      const histogram = new Histogram({
        ...{ name, help, registers, labelNames: [...labels], buckets: [...buckets] },
      })
      return (seconds, ...values) => histogram.labels(...values).observe(seconds)
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

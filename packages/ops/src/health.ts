import type { HealthStatus } from '@bemore/protocol'
import type { CauseCode } from './causes/causes.js'

/** A cause of degradation, with its moment: what `/health` shows and alerts are made of. */
export interface HealthCause {
  readonly code: CauseCode
  /** Unix ms. */
  readonly since: number
  readonly detail: string
}

export interface HealthSnapshot {
  readonly status: HealthStatus
  readonly causes: readonly HealthCause[]
}

/**
 * What a process knows of its own health. Checks report into it on their own clocks; a request only
 * reads it, so health answers in microseconds with every dependency hung.
 */
export interface Health {
  /** A dependency fails; repeated reports keep the first `since`. */
  degrade(code: CauseCode, detail: string): void
  recover(code: CauseCode): void
  /** Boot is done: from here on trouble means `degraded`, not `starting`. */
  markReady(): void
  markDraining(): void
  /** Beyond self-repair: the process is about to exit for the platform to restart it. */
  markWedged(code: CauseCode, detail: string): void
  isReady(): boolean
  snapshot(): HealthSnapshot
  /** Told when the status, or the set of cause codes, changed. */
  onChange(listener: (snapshot: HealthSnapshot) => void): void
}

export function createHealth(now: () => number): Health {
  const causes = new Map<CauseCode, HealthCause>()
  const listeners: ((snapshot: HealthSnapshot) => void)[] = []
  let phase: 'starting' | 'running' | 'draining' | 'wedged' = 'starting'

  const snapshot = (): HealthSnapshot => {
    const running = causes.size === 0 ? 'ok' : 'degraded'
    return { status: phase === 'running' ? running : phase, causes: [...causes.values()] }
  }
  const changed = () => {
    const current = snapshot()
    for (const listener of listeners) listener(current)
  }
  const enter = (next: typeof phase) => {
    if (phase === next || phase === 'wedged') return
    phase = next
    changed()
  }

  const degrade = (code: CauseCode, detail: string) => {
    const known = causes.get(code)
    causes.set(code, { code, since: known?.since ?? now(), detail })
    if (known === undefined) changed()
  }

  return {
    degrade,
    recover(code) {
      if (causes.delete(code)) changed()
    },
    markReady() {
      if (phase === 'starting') enter('running')
    },
    markDraining() {
      enter('draining')
    },
    markWedged(code, detail) {
      degrade(code, detail)
      enter('wedged')
    },
    isReady: () => phase === 'running',
    snapshot,
    onChange(listener) {
      listeners.push(listener)
    },
  }
}

import type { CauseCode } from '@bemore/ops'
import type { Load } from './load/load.js'
import type { Verdict } from './measure/doctor.js'
import type { Row } from './report/row.js'
import type { DatabaseServer } from './system/database-server.js'
import type { System, Topology } from './system/system.js'

/** The product running under load, with a fault in it. */
export interface Scene {
  readonly system: System
  readonly load: Load
  /** Something measured that belongs into "what users saw". */
  note(words: string): void
  /** A target of this fault alone that was missed. */
  miss(words: string): void
}

export interface Targets {
  /** From the injection to the first sign of the cause. */
  readonly detectMs: number | null
  /** From the healing (or the injection, where nothing has to be healed) to all well. */
  readonly recoverMs: number
}

/** A fault injected into a running system under load. */
export interface LoadedFault {
  readonly kind: 'loaded'
  readonly name: string
  /** The first column of the table. */
  readonly title: string
  /** How it is injected, in a sentence. */
  readonly how: string
  readonly topology?: Topology
  /** Any of these in a health, or in the way a process does not answer, counts as detected. */
  readonly causes: readonly CauseCode[]
  /** What the doctor may name as the first cause. */
  readonly verdicts: readonly Verdict[]
  /** How long it lasts at least before it is healed; shorter with `--quick`. 0: a moment. */
  readonly holdMs: number
  readonly quickHoldMs?: number
  readonly targets: Targets
  /**
   * Clients are told to stay away for up to 10 s, so their return, which the table shows, is no part of
   * the recovery.
   */
  readonly clientsReturnLater?: boolean
  /** Before the fault: what it needs to be ready. */
  prepare?(scene: Scene): Promise<void>
  /** @returns from when on the recovery counts, `performance.now()`, where that is not at once */
  inject(scene: Scene): Promise<number | undefined>
  heal?(scene: Scene): Promise<void>
  /** What shows it, where that is not a cause in a health: words for the table once it is seen. */
  detect?(scene: Scene): string | null | Promise<string | null>
  /** The same once more, lasting until the doctor has answered; gives what ends it. */
  prolong?(scene: Scene): Promise<() => Promise<void>>
}

/** A fault in what a system starts from: it is over before there is load. */
export interface BootFault {
  readonly kind: 'boot'
  readonly name: string
  readonly title: string
  readonly how: string
  run(server: DatabaseServer, databaseName: string): Promise<Row>
}

export type Fault = LoadedFault | BootFault

import { fraction, integer, MINUTE } from './setting.js'

/**
 * What every process watches in itself: when it sheds load, when it says that something is amiss, and
 * when it gives itself up.
 */
export const SELF_WATCH_SETTINGS = {
  upgradesPerSecond: integer(
    'UPGRADES_PER_SECOND',
    'New WebSockets a second this process takes; those above are refused before any work',
    { fallback: 300, min: 1, max: 1_000_000 },
  ),
  upgradeBurst: integer('UPGRADE_BURST', 'New WebSockets it takes at once', {
    fallback: 600,
    min: 1,
    max: 1_000_000,
  }),
  watchdogStuckMs: integer(
    'WATCHDOG_STUCK_MS',
    'A process whose event loop stands still for this long ends itself with 70, ms; 0: never',
    { fallback: 20_000, min: 0, max: 60 * MINUTE },
  ),
  memoryLimitBytes: integer(
    'MEMORY_LIMIT_BYTES',
    'Memory this process keeps to; 0: what its container may have, else 80 % of the host',
    { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER },
  ),
  memoryShedRatio: fraction('MEMORY_SHED_RATIO', 'Share of that memory from which load is shed', {
    fallback: 0.85,
    min: 0.1,
    max: 0.99,
  }),
  loopDelayShedMs: integer(
    'LOOP_DELAY_SHED_MS',
    'Mean lateness of the event loop from which load is shed, ms; four times as much refuses new work',
    { fallback: 200, min: 1, max: MINUTE },
  ),
  clockSkewMs: integer(
    'CLOCK_SKEW_MS',
    'Difference between the clocks of this host and of the database that is told in health, ms',
    { fallback: 5_000, min: 1, max: 60 * MINUTE },
  ),
  busGiveUpMs: integer(
    'BUS_GIVE_UP_MS',
    'A process that has lost LISTEN for this long while the database answers ends itself with 70, ms',
    { fallback: 5 * MINUTE, min: 1, max: 24 * 60 * MINUTE },
  ),
}

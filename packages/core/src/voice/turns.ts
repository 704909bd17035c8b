/**
 * Turns, bursts and pauses out of speech and silence.
 *
 * A turn begins with speech and ends where 4 s of silence begin: long enough for someone who looks
 * for words, and long pauses (over 2 s) are among what is looked for. Within a turn a silence of
 * 250 ms or more is a pause, and what lies between pauses is a burst, so there is always one burst
 * more than pauses in a turn. Under 150 ms it is the closure of a stop consonant and counts as
 * speech; in between it is silence, but no pause.
 *
 * Everything is told once, when it is known: a burst and a turn when they begin, a silence when
 * speech goes on after it. So it does not matter where windows are cut; the sum over them is the same.
 */

const PAUSE_MS = 250
const LONG_PAUSE_MS = 2_000
const TURN_END_MS = 4_000
const CLOSURE_MS = 150

/** What has become known since it was last cleared. Milliseconds and counts. */
export interface TurnTally {
  speechMs: number
  pauseCount: number
  pauseMs: number
  longestPauseMs: number
  longPauseCount: number
  burstCount: number
  turnCount: number
  /** Time of the turns, speech and the silences inside them. */
  turnMs: number
}

export const createTurnTally = (): TurnTally => ({
  speechMs: 0,
  pauseCount: 0,
  pauseMs: 0,
  longestPauseMs: 0,
  longPauseCount: 0,
  burstCount: 0,
  turnCount: 0,
  turnMs: 0,
})

/** Adds `part` to `total`. */
export function addTally(total: TurnTally, part: Readonly<TurnTally>): void {
  total.speechMs += part.speechMs
  total.pauseCount += part.pauseCount
  total.pauseMs += part.pauseMs
  total.longestPauseMs = Math.max(total.longestPauseMs, part.longestPauseMs)
  total.longPauseCount += part.longPauseCount
  total.burstCount += part.burstCount
  total.turnCount += part.turnCount
  total.turnMs += part.turnMs
}

function clearTally(tally: TurnTally): void {
  tally.speechMs = 0
  tally.pauseCount = 0
  tally.pauseMs = 0
  tally.longestPauseMs = 0
  tally.longPauseCount = 0
  tally.burstCount = 0
  tally.turnCount = 0
  tally.turnMs = 0
}

export interface TurnMeter {
  readonly tally: TurnTally
  /** Takes `durationMs` of speech or silence. True when a burst began with it. */
  push(speech: boolean, durationMs: number): boolean
  /** Nobody listened, or the speaker wished to be silent: whatever was open is over. */
  interrupt(): void
  clearTally(): void
}

export function createTurnMeter(): TurnMeter {
  const tally = createTurnTally()
  const open = { turn: false, silenceMs: 0 }

  function push(speech: boolean, durationMs: number): boolean {
    if (!speech) {
      open.silenceMs += durationMs
      if (open.silenceMs >= TURN_END_MS) interrupt()
      return false
    }
    const burst = open.turn ? endSilence() : beginTurn()
    tally.speechMs += durationMs
    tally.turnMs += durationMs
    return burst
  }

  function beginTurn(): boolean {
    open.turn = true
    open.silenceMs = 0
    tally.turnCount++
    tally.burstCount++
    return true
  }

  function endSilence(): boolean {
    const silenceMs = open.silenceMs
    open.silenceMs = 0
    tally.turnMs += silenceMs
    if (silenceMs < CLOSURE_MS) tally.speechMs += silenceMs
    if (silenceMs < PAUSE_MS) return false
    tally.pauseCount++
    tally.pauseMs += silenceMs
    tally.longestPauseMs = Math.max(tally.longestPauseMs, silenceMs)
    if (silenceMs > LONG_PAUSE_MS) tally.longPauseCount++
    tally.burstCount++
    return true
  }

  function interrupt(): void {
    open.turn = false
    open.silenceMs = 0
  }

  return { tally, push, interrupt, clearTally: () => clearTally(tally) }
}

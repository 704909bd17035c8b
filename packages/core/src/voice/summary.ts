/**
 * The voice of a session, for its report: how much was spoken, how it was parted, how fast and how
 * high. Pauses, rate and latency vary with mood in groups of people (Mundt 2007, Yamamoto 2020), with
 * small effects: worth showing beside the same person's other sessions, and no measure of anyone.
 */
import { countSyllables } from './syllables.js'
import { foldVoiceWindows, type VoiceWindowData } from './window.js'

export interface SpokenUtterance {
  readonly text: string
  /** Session ms; null where only the end of it is known. */
  readonly startedAtMs: number | null
  readonly endedAtMs: number
}

/** Durations in ms, ratios 0..1, pitch in semitones above 100 Hz; null where there is nothing to tell. */
export interface VoiceSummary {
  readonly heardMs: number
  readonly speechMs: number
  readonly speakingRatio: number | null
  readonly pauseCount: number
  readonly pauseRatio: number | null
  readonly meanPauseMs: number | null
  readonly longestPauseMs: number | null
  readonly longPauseCount: number
  readonly burstCount: number
  readonly meanBurstMs: number | null
  readonly turnCount: number
  readonly meanTurnMs: number | null
  /** Median time from the end of a prompt to the speech that answers it. */
  readonly responseLatencyMs: number | null
  /**
   * Syllables a second, with the pauses inside utterances and without; for the latter utterances are
   * taken to hold as many pauses as all speech does, since nobody says where in them pauses lie.
   */
  readonly speechRate: number | null
  readonly articulationRate: number | null
  /** Some syllables were estimated: the words were not all Korean. */
  readonly rateEstimated: boolean
  readonly pitchMedian: number | null
  /** Between the 10th and the 90th percentile. */
  readonly pitchRange: number | null
  readonly tiltDb: number | null
  readonly loudnessDb: number | null
  readonly snrDb: number | null
  readonly arousal: number | null
  readonly quality: number
  readonly source: VoiceWindowData['source']
}

/** An answer that comes later answers something else. */
const LATEST_ANSWER_MS = 30_000
/** Shorter than any syllable, longer than any breath: such times are not those of an utterance. */
const UTTERANCE_MS = { least: 100, most: 120_000 }
/** Nobody speaks faster; the times of the text are wrong then. */
const FASTEST_RATE = 15

/**
 * @param windows of one session, parts merged, in any order; `null` comes back for none
 * @param promptsAtMs when prompts ended, on the clock of the windows and utterances
 * @param known what `foldVoiceWindows` made of the windows, where the caller has it already
 */
export function summariseVoice(
  windows: readonly VoiceWindowData[],
  utterances: readonly SpokenUtterance[] = [],
  promptsAtMs: readonly number[] = [],
  known: VoiceWindowData | null = null,
): VoiceSummary | null {
  if (windows.length === 0) return null
  const whole = known ?? foldVoiceWindows(windows)
  const { heardMs, speechMs, pauseMs, pauseCount, burstCount, turnCount, turnMs } = whole
  const pauseRatio = ratio(pauseMs, pauseMs + speechMs)
  const { speechRate, estimated } = measureRate(utterances)
  return {
    heardMs,
    speechMs,
    speakingRatio: ratio(speechMs, heardMs),
    pauseCount,
    pauseRatio,
    meanPauseMs: mean(pauseMs, pauseCount),
    longestPauseMs: pauseCount > 0 ? whole.longestPauseMs : null,
    longPauseCount: whole.longPauseCount,
    burstCount,
    meanBurstMs: mean(speechMs, burstCount),
    turnCount,
    meanTurnMs: mean(turnMs, turnCount),
    responseLatencyMs: measureLatency(onsetsOf(whole, utterances), promptsAtMs),
    speechRate,
    articulationRate:
      speechRate === null || pauseRatio === null || pauseRatio >= 1
        ? null
        : round(speechRate / (1 - pauseRatio), 2),
    rateEstimated: estimated,
    pitchMedian: whole.pitchMedian,
    pitchRange:
      whole.pitchHigh === null || whole.pitchLow === null
        ? null
        : round(whole.pitchHigh - whole.pitchLow, 2),
    tiltDb: whole.tiltDb,
    loudnessDb: whole.loudnessDb,
    snrDb: whole.snrDb,
    arousal: whole.arousal,
    quality: meanQuality(windows),
    source: whole.source,
  }
}

/** When speech began: by sound where there is any, else by the text's times. */
function onsetsOf(whole: VoiceWindowData, utterances: readonly SpokenUtterance[]): number[] {
  if (whole.burstStartsMs.length > 0) return [...whole.burstStartsMs]
  return utterances
    .flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]))
    .sort((a, b) => a - b)
}

/**
 * Each prompt is answered by the first speech after it, unless another prompt comes before.
 * @param onsets in order of time
 */
function measureLatency(onsets: readonly number[], promptsAtMs: readonly number[]): number | null {
  const prompts = [...promptsAtMs].sort((a, b) => a - b)
  let next = 0
  const latencies = prompts.flatMap((promptMs, i) => {
    const until = Math.min(prompts[i + 1] ?? Number.POSITIVE_INFINITY, promptMs + LATEST_ANSWER_MS)
    while (next < onsets.length && (onsets[next] as number) < promptMs) next += 1
    const onset = onsets[next]
    return onset === undefined || onset >= until ? [] : [onset - promptMs]
  })
  return medianOf(latencies)
}

function measureRate(utterances: readonly SpokenUtterance[]): {
  speechRate: number | null
  estimated: boolean
} {
  let syllables = 0
  let spokenMs = 0
  let estimated = false
  for (const { text, startedAtMs, endedAtMs } of utterances) {
    if (startedAtMs === null) continue
    const durationMs = endedAtMs - startedAtMs
    if (!(durationMs >= UTTERANCE_MS.least && durationMs <= UTTERANCE_MS.most)) continue
    const counted = countSyllables(text)
    if (counted.count === 0 || (counted.count / durationMs) * 1000 > FASTEST_RATE) continue
    syllables += counted.count
    spokenMs += durationMs
    estimated ||= counted.estimated
  }
  return {
    speechRate: spokenMs > 0 ? round((syllables / spokenMs) * 1000, 2) : null,
    estimated,
  }
}

/** Each window by what was heard in it: an hour of silence with the microphone shut has no quality. */
function meanQuality(windows: readonly VoiceWindowData[]): number {
  const heardMs = windows.reduce((sum, window) => sum + window.heardMs, 0)
  const sum = windows.reduce((total, window) => total + window.quality * window.heardMs, 0)
  return heardMs > 0 ? round(sum / heardMs, 4) : 0
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(round(part / whole, 4), 1) : null
}

function mean(sum: number, count: number): number | null {
  return count > 0 ? Math.round(sum / count) : null
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return Math.round(
    sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
  )
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

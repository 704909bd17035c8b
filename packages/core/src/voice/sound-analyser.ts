/**
 * A stretch of sound without a gap, 30 ms at a time: level, tilt and pitch of each frame, handed on
 * when it is certain whether it was speech.
 */
import { createActivityDetector, MOST_UNDECIDED } from './activity-detector.js'
import { createPitchScratch, createPitchTracker, type PitchScratch } from './pitch.js'
import { ANALYSIS_RATE, createResampler } from './resampler.js'
import {
  type BandPowers,
  createSpectrumReader,
  FRAME_SAMPLES,
  type SpectrumReader,
} from './spectrum.js'

export const FRAME_MS = 30

/** A frame of which the detector is certain. Overwritten by the next. */
export interface DecidedFrame {
  speech: boolean
  startMs: number
  /** Mean square of 80 Hz to 5 kHz, full scale 1. */
  power: number
  /** dB of the speech band above the room's floor. */
  snrDb: number
  /** 1-5 kHz over .08-1 kHz, dB. */
  tiltDb: number
  /** Pitch of the frame's one or two hops, Hz; NaN where there is none. */
  firstHertz: number
  secondHertz: number
}

/**
 * Tables and scratch to measure a frame with, which remember nothing from one frame to the next:
 * engines that are called in turn may share them, and keep the processor's caches for what is
 * their own.
 */
export interface VoiceReader {
  readonly spectrum: SpectrumReader
  readonly pitch: PitchScratch
}

export const createVoiceReader = (): VoiceReader => ({
  spectrum: createSpectrumReader(),
  pitch: createPitchScratch(),
})

export interface SoundAnalyser {
  /** Whether speech is going on now, as far as can be known. */
  readonly speaking: boolean
  /** Takes the next samples of the stretch. */
  push(samples: Int16Array, count: number, rate: number): void
  /** Moves the clock of the coming frames: device clocks drift. */
  shift(ms: number): void
  /** Ends the stretch, and starts another at `startMs`. The room stays the same room. */
  restart(startMs: number): void
  /** Decides what is undecided, as at the end of a stretch. */
  flush(): void
}

/** The quietest level told apart from silence, so that digital silence has a logarithm. */
const LEAST_POWER = 1e-10

/** @param onDecided called once for every 30 ms pushed, in their order */
export function createSoundAnalyser(
  reader: VoiceReader,
  onDecided: (frame: DecidedFrame) => void,
): SoundAnalyser {
  const { spectrum } = reader
  const pitch = createPitchTracker(reader.pitch)
  const frame = new Float64Array(FRAME_SAMPLES)
  const waiting = Array.from({ length: MOST_UNDECIDED + 1 }, createDecidedFrame)
  const queue = { first: 0, size: 0 }
  const clock = { startMs: Number.NaN, rate: ANALYSIS_RATE }
  let filled = 0

  const detector = createActivityDetector((speech) => {
    const decided = waiting[queue.first]
    queue.first = (queue.first + 1) % waiting.length
    queue.size--
    decided.speech = speech
    onDecided(decided)
  })
  const resampler = createResampler((sample) => {
    frame[filled++] = sample
    if (filled < FRAME_SAMPLES) return
    filled = 0
    measure()
  })

  function push(samples: Int16Array, count: number, rate: number): void {
    if (rate !== clock.rate) resampler.restart()
    clock.rate = rate
    if (rate === ANALYSIS_RATE) copy(samples, count)
    else resampler.push(samples, count, rate)
  }

  function copy(samples: Int16Array, count: number): void {
    for (let from = 0; from < count; ) {
      const size = Math.min(count - from, FRAME_SAMPLES - filled)
      for (let i = 0; i < size; i++) frame[filled + i] = samples[from + i] / 32_768
      from += size
      filled += size
      if (filled < FRAME_SAMPLES) return
      filled = 0
      measure()
    }
  }

  function measure(): void {
    spectrum.read(frame)
    const { bands } = spectrum
    const level = decibels(bands.speech)
    const slot = waiting[(queue.first + queue.size) % waiting.length]
    queue.size++
    slot.startMs = clock.startMs
    slot.power = bands.low + bands.high
    slot.tiltDb = tiltOf(bands)
    slot.firstHertz = Number.NaN
    slot.secondHertz = Number.NaN
    clock.startMs += FRAME_MS
    pitch.push(frame, detector.isLoud(level))
    if (pitch.hops > 0) slot.firstHertz = pitch.hertz[0]
    if (pitch.hops > 1) slot.secondHertz = pitch.hertz[1]
    slot.snrDb = Number.isNaN(detector.floor) ? 0 : level - detector.floor
    detector.push(level)
  }

  function flush(): void {
    detector.flush()
  }

  function restart(startMs: number): void {
    flush()
    resampler.restart()
    pitch.restart()
    filled = 0
    clock.startMs = startMs
  }

  return {
    get speaking() {
      return detector.speaking
    },
    push,
    shift: (ms) => {
      clock.startMs += ms
    },
    restart,
    flush,
  }
}

function createDecidedFrame(): DecidedFrame {
  return {
    speech: false,
    startMs: Number.NaN,
    power: 0,
    snrDb: Number.NaN,
    tiltDb: Number.NaN,
    firstHertz: Number.NaN,
    secondHertz: Number.NaN,
  }
}

function tiltOf(bands: Readonly<BandPowers>): number {
  return decibels(bands.high) - decibels(bands.low)
}

function decibels(power: number): number {
  return 10 * Math.log10(power + LEAST_POWER)
}

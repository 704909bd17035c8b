import { EMOTIONS } from '@bemore/protocol'
import type { FaceWindowData } from '../face/window.js'
import { fuseWindow } from '../fusion/fuse-window.js'
import { WINDOW_MS, windowEndsAt, windowIndexAt } from '../session/session-clock.js'
import { activeMsBetween, type SessionState } from '../session/session-state.js'
import type { VoiceWindowData } from '../voice/window.js'
import type { TimelineEntry } from './schema/timeline-schema.js'
import type { TakenUtterance } from './words.js'
import { meanValence } from './words-sections.js'

/** Words are not looked for further back than this; `fuseWindow` hears none of them any more. */
const WORDS_REACH_MS = 60_000

interface Moments {
  readonly face: readonly FaceWindowData[]
  readonly voice: readonly VoiceWindowData[]
  /** In order of time. */
  readonly utterances: readonly TakenUtterance[]
}

/**
 * A line for each window in which anything was seen, heard or said, in order of time.
 * @param now where the clock of a live session stands, Unix ms
 */
export function describeTimeline(
  { face, voice, utterances }: Moments,
  state: SessionState,
  now: number,
): TimelineEntry[] {
  const faces = new Map(face.map((window) => [window.index, window]))
  const voices = new Map(voice.map((window) => [window.index, window]))
  const said = new Map<number, TakenUtterance[]>()
  for (const utterance of utterances) {
    const index = windowIndexAt(state.startedAt, utterance.at)
    const same = said.get(index)
    if (same === undefined) said.set(index, [utterance])
    else same.push(utterance)
  }
  const indices = [...new Set([...faces.keys(), ...voices.keys(), ...said.keys()])]
  let first = 0
  let next = 0
  return indices
    .sort((a, b) => a - b)
    .map((index) => {
      const endsAt = windowEndsAt(state.startedAt, index)
      while (next < utterances.length && (utterances[next] as TakenUtterance).at < endsAt) next += 1
      while (first < next && endsAt - (utterances[first] as TakenUtterance).at > WORDS_REACH_MS) {
        first += 1
      }
      return describeEntry(
        {
          index,
          face: faces.get(index) ?? null,
          voice: voices.get(index) ?? null,
          own: said.get(index) ?? [],
          heard: utterances.slice(first, next),
        },
        state,
        now,
      )
    })
}

interface Moment {
  readonly index: number
  readonly face: FaceWindowData | null
  readonly voice: VoiceWindowData | null
  /** Said in the window, and all that still has weight in it. */
  readonly own: readonly TakenUtterance[]
  readonly heard: readonly TakenUtterance[]
}

/**
 * Coverage is of the time the session ran in the window, so that a hole (a process that died, a camera
 * that hung) shows, and a pause does not count as one.
 */
function describeEntry(
  { index, face, voice, own, heard }: Moment,
  state: SessionState,
  now: number,
): TimelineEntry {
  const t = index * WINDOW_MS
  const timestamp = state.startedAt + t
  const activeMs = activeMsBetween(state, timestamp, Math.min(timestamp + WINDOW_MS, now))
  const coveredMs = face === null ? 0 : face.coverage * (face.endMs - face.startMs)
  // Words alone are taken as they were when they were said: nothing came after to tell otherwise.
  const last = own.at(-1)
  const isAllThereIs = (face?.probabilities ?? null) === null && (voice?.arousal ?? null) === null
  const asOf = isAllThereIs && last !== undefined ? last.at : timestamp + WINDOW_MS
  const fused = fuseWindow(face, voice, heard, asOf)
  const { label, probabilities, valence, arousal, dominance, confidence, quality } = fused
  return {
    window: index,
    ...{ t, timestamp, durationMs: activeMs, emotion: label, confidence },
    probabilities:
      probabilities === null
        ? null
        : Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, probabilities[i] ?? 0])),
    ...{ valence, arousal, dominance, quality },
    sources: [...fused.sources],
    coverage: activeMs === 0 ? 0 : Number(Math.min(1, coveredMs / activeMs).toFixed(3)),
    frameCount: face?.frames ?? 0,
    voice: voice === null || voice.heardMs === 0 ? null : viewVoice(voice),
    text: own.length === 0 ? null : { utterances: own.length, valence: meanValence(own) },
    incongruence: fused.incongruence,
  }
}

function viewVoice({ speechMs, heardMs, pauseCount, arousal }: VoiceWindowData) {
  const speakingRatio = Number(Math.min(1, speechMs / heardMs).toFixed(3))
  return { speechMs, speakingRatio, pauseCount, arousal }
}

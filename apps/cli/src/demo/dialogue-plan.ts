import type { DemoPlan } from './demo-plan.js'
import type { Dialogue, DialogueLine } from './dialogue.js'

/** A line with its place in the stream, ms. */
export interface PlannedLine extends DialogueLine {
  /** Under which it is sent, and sent again. */
  readonly id: string
  readonly fromMs: number
  /** When its last word is spoken: its text is sent then. */
  readonly toMs: number
}

export interface DialoguePlan {
  readonly lines: readonly PlannedLine[]
  readonly chat: { readonly text: string; readonly atMs: number }
}

/** About five syllables a second, and a Korean letter is a syllable. */
const MS_PER_LETTER = 110
/** Of the time a line has: the rest is the pause behind it. */
const MOST_SPOKEN = 0.6
/** The session goes on a moment after it was asked to. */
const AFTER_RESUME = 0.1

/** Gives every line the same time within its part of the stream, and the chat message the last. */
export function planDialogue(plan: DemoPlan, dialogue: Dialogue): DialoguePlan {
  const { pauseAtMs, resumeAtMs, totalMs } = plan
  const { beforePause, afterPause, chat } = dialogue
  const restMs = totalMs - resumeAtMs
  const goesOnMs = resumeAtMs + AFTER_RESUME * restMs
  const eachAfterMs = (totalMs - goesOnMs) / (afterPause.length + 1)
  return {
    lines: [
      ...place(beforePause, 0, pauseAtMs / beforePause.length),
      ...place(afterPause, goesOnMs, eachAfterMs),
    ].map((line, at) => ({ ...line, id: `demo-${at + 1}` })),
    chat: { text: chat, atMs: totalMs - eachAfterMs },
  }
}

function place(lines: readonly DialogueLine[], fromMs: number, eachMs: number) {
  return lines.map((line, at) => {
    const startMs = fromMs + at * eachMs
    const spokenMs = Math.min(line.text.length * MS_PER_LETTER, eachMs * MOST_SPOKEN)
    return { ...line, fromMs: startMs, toMs: startMs + spokenMs }
  })
}

import { screenRisk } from '@bemore/core'
import { GeminiFailure } from './failure.js'

/** Lets whole sentences through, after the risk screen has read all that came so far. */
export interface SentenceGate {
  /**
   * @returns what may be shown now, '' where no sentence came to its end.
   * @throws GeminiFailure 'blocked' where it speaks of what a reply must not.
   */
  add(piece: string): string
  /** @returns the rest; of an answer that was cut, whole sentences only. */
  end(isWhole: boolean): string
}

const SENTENCE_END = /[.!?。！？…]["'”’)\]]*\s+|\n+/g

export function createSentenceGate(): SentenceGate {
  let shown = ''
  let held = ''

  const release = (length: number): string => {
    const next = held.slice(0, length)
    if (next === '') return ''
    // With what is not to be shown yet, for what it may make of this; and alone, for a sentence that
    // is denied by the one before is better not written either.
    if (screenRisk(shown + held) !== null || screenRisk(next) !== null) {
      throw new GeminiFailure('blocked')
    }
    shown += next
    held = held.slice(length)
    return next
  }

  return {
    add(piece) {
      held += piece
      const last = [...held.matchAll(SENTENCE_END)].at(-1)
      return last === undefined ? '' : release(last.index + last[0].length)
    },
    end: (isWhole) => (isWhole || shown === '' ? release(held.length) : ''),
  }
}

import type { Pressure, PressureLevel } from '@bemore/ops'
import type { Peer } from './peer.js'
import { sendSheddingNotice } from './rate-notice.js'

/**
 * Which frames are measured while the process has more to do than it can. Of each socket every second
 * one is, or every fourth: the newest of those that came since. The others are counted, not looked at.
 */
export interface Shedding {
  /** Whether this frame is to be measured; tells the client, once, where that has changed. */
  isMeasured(peer: Peer, atMs: number): boolean
}

const KEEP_ONE_IN: Readonly<Record<PressureLevel, number>> = { none: 1, sample: 2, refuse: 4 }

export function createShedding(pressure: Pick<Pressure, 'onChange' | 'level'>): Shedding {
  // A field and not a closure variable: every frame reads it.
  const state = { keepOneIn: KEEP_ONE_IN[pressure.level] }
  pressure.onChange((level) => {
    state.keepOneIn = KEEP_ONE_IN[level]
  })

  return {
    isMeasured(peer, atMs) {
      const { keepOneIn } = state
      if (peer.keepOneIn !== keepOneIn) {
        peer.keepOneIn = keepOneIn
        sendSheddingNotice(peer, keepOneIn, atMs)
      }
      if (keepOneIn === 1) return true
      peer.framesPassedOver = (peer.framesPassedOver + 1) % keepOneIn
      return peer.framesPassedOver === 0
    },
  }
}

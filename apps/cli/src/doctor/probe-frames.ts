import { createFrameSource } from '../demo/frame-source.js'
import type { ProbeSocket } from './socket-probe.js'

const FRAMES_PER_SECOND = 15
/** Longer than any stream of frames here. */
const PORTRAIT_MS = 3_600_000

/** Streams a real face, as a camera sees it, until `stop` is called. */
export function streamPortrait(socket: ProbeSocket): { readonly stop: () => number } {
  const source = createFrameSource(
    {
      totalMs: 2 * PORTRAIT_MS,
      pauseAtMs: PORTRAIT_MS,
      resumeAtMs: PORTRAIT_MS,
      phases: [
        { face: 'portrait', fromMs: 0, toMs: PORTRAIT_MS },
        { face: 'neutral', fromMs: PORTRAIT_MS, toMs: 2 * PORTRAIT_MS },
      ],
    },
    'json',
    Math.random,
  )
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    socket.send(source.frameAt(performance.now() - startedAt, Date.now()))
    sent += 1
  }, 1000 / FRAMES_PER_SECOND)
  return {
    stop() {
      clearInterval(timer)
      return sent
    },
  }
}

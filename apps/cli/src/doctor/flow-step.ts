import { setTimeout as sleep } from 'node:timers/promises'
import { CHANNELS } from '@bemore/protocol'
import type { Evidence } from './evidence.js'
import { Fault } from './fault.js'
import { localized } from './localized.js'
import { streamPortrait } from './probe-frames.js'
import type { ProbeSocket } from './socket-probe.js'
import type { Step } from './step.js'

/** Frames for a window that is not just one lucky reading. */
const STREAM_MS = 1_000

/** A session as a user has it, in short: a live estimate, an answer on each socket, a report. */
export const FLOW_STEP: Step<Evidence> = {
  id: 'flow',
  title: localized('Whole flow', '전체 흐름'),
  weight: 4,
  async run({ rest, session, sockets }, { stepMs }) {
    if (rest === undefined || session === undefined) throw new Error('no session was started')
    const { sessionId } = session
    const [landmarks, ...others] = CHANNELS.map((channel) => sockets.get(channel) as ProbeSocket)
    const stream = streamPortrait(landmarks as ProbeSocket)
    let frames = 0
    try {
      for (const socket of others) socket.send('{"type":"ping"}')
      await Promise.all([
        sleep(STREAM_MS),
        landmarks?.hear(['affect', 'emotion_update'], stepMs),
        ...others.map((socket) => socket.hear('pong', stepMs)),
      ])
    } finally {
      frames = stream.stop()
    }
    await rest.command(sessionId, 'end')
    const { status, timeline } = await rest.report(sessionId)
    if (status !== 'ended' || timeline.length === 0) {
      const detail = localized(
        `the report says ${status} with ${timeline.length} windows after ${frames} frames`,
        `프레임 ${frames}개 후 보고서: ${status}, 구간 ${timeline.length}개`,
      )
      throw new Fault('FLOW_FAILED', detail)
    }
    return {
      detail: localized(
        `${frames} frames, a live estimate, ended, ${timeline.length} window in the report`,
        `프레임 ${frames}개, 실시간 추정, 종료, 보고서 구간 ${timeline.length}개`,
      ),
    }
  },
}

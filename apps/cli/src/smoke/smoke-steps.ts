// Phase 3 of the incident's recovery, "final verification", as steps: what a person ticked off by hand.
import { setTimeout as sleep } from 'node:timers/promises'
import { CHANNELS, type Channel } from '@bemore/protocol'
import type { Evidence } from '../doctor/evidence.js'
import { Fault } from '../doctor/fault.js'
import { type Localized, localized } from '../doctor/localized.js'
import { streamPortrait } from '../doctor/probe-frames.js'
import { LIFE_LIMIT_MS, openChannel } from '../doctor/session-steps.js'
import type { ProbeSocket } from '../doctor/socket-probe.js'
import type { Step } from '../doctor/step.js'

/** The web client gives its three sockets this long. */
const CONNECT_MS = 5_000
/** And the end of a session this long. */
const END_MS = 30_000
const STREAM_MS = 3_000

export const SOCKETS_STEP: Step<Evidence> = {
  id: 'sockets',
  title: localized('three sockets within 5 s', '5초 안에 소켓 3개 연결'),
  weight: 2,
  extraMs: LIFE_LIMIT_MS + 1_000,
  async run(evidence, limits) {
    const startedAt = performance.now()
    const opened = await Promise.allSettled(
      CHANNELS.map((channel) => openChannel(channel, evidence, limits)),
    )
    for (const each of opened) if (each.status === 'rejected') throw each.reason
    const ms = Math.round(performance.now() - startedAt)
    if (ms > CONNECT_MS) throw new Fault('WEBSOCKET_FAILED', localized(`${ms} ms`, `${ms} ms`))
    return {
      detail: localized(`${CHANNELS.join(', ')} in ${ms} ms`, `${CHANNELS.join(', ')}, ${ms} ms`),
    }
  },
}

export const STREAM_STEP: Step<Evidence> = {
  id: 'stream',
  title: localized('frames sent, live emotion received', '프레임 전송, 실시간 감정 수신'),
  weight: 1,
  extraMs: STREAM_MS + 1_000,
  async run(evidence, { stepMs }) {
    const landmarks = socketOf(evidence, 'landmarks')
    const stream = streamPortrait(landmarks)
    let frames = 0
    try {
      const [{ type }] = await Promise.all([
        landmarks.hear(['affect', 'emotion_update'], stepMs),
        sleep(STREAM_MS),
      ])
      frames = stream.stop()
      return { detail: localized(`${frames} frames, ${type}`, `프레임 ${frames}개, ${type}`) }
    } finally {
      stream.stop()
    }
  },
}

export const PAUSE_STEP = changeStep('pause', 'session_paused', localized('pause', '일시정지'))
export const RESUME_STEP = changeStep('resume', 'session_resumed', localized('resume', '재개'))

/** Asked by REST, told on the socket: the way through the database's notifications. */
function changeStep(verb: 'pause' | 'resume', told: string, title: Localized): Step<Evidence> {
  return {
    id: verb,
    title,
    weight: 3,
    async run(evidence, { stepMs }) {
      const startedAt = performance.now()
      const { rest, sessionId } = sessionOf(evidence)
      await rest.command(sessionId, verb)
      await socketOf(evidence, 'session').hear(told, 2 * stepMs)
      const ms = Math.round(performance.now() - startedAt)
      return { detail: localized(`${told} after ${ms} ms`, `${ms} ms 후 ${told}`) }
    },
  }
}

export const INTERIM_STEP: Step<Evidence> = {
  id: 'interim',
  title: localized('report of the running session', '진행 중 세션의 보고서'),
  weight: 1,
  run: (evidence) => readReport(evidence, 'active'),
}

/** As the web client does: the end, and what it shows next, all at once. */
export const END_STEP: Step<Evidence> = {
  id: 'end',
  title: localized(
    'end within 30 s, summary and report beside it',
    '30초 안에 종료, 요약·보고서 병행',
  ),
  weight: 1,
  extraMs: END_MS,
  async run(evidence) {
    const { rest, sessionId } = sessionOf(evidence)
    const startedAt = performance.now()
    await Promise.all([
      rest.command(sessionId, 'end', END_MS),
      rest.summary(sessionId),
      rest.report(sessionId),
    ])
    const ms = Math.round(performance.now() - startedAt)
    return { detail: localized(`${ms} ms`, `${ms} ms`) }
  },
}

export const END_AGAIN_STEP: Step<Evidence> = {
  id: 'end-again',
  title: localized('a second end is no error', '중복 종료 허용'),
  weight: 1,
  async run(evidence) {
    const { rest, sessionId } = sessionOf(evidence)
    await rest.command(sessionId, 'end')
    return { detail: localized('200', '200') }
  },
}

export const SUMMARY_STEP: Step<Evidence> = {
  id: 'summary',
  title: localized('/summary answers', '/summary 응답'),
  weight: 1,
  async run(evidence) {
    const { rest, sessionId } = sessionOf(evidence)
    await rest.summary(sessionId)
    return { detail: localized('200', '200') }
  },
}

export const REPORT_STEP: Step<Evidence> = {
  id: 'report',
  title: localized('/report answers, with the windows', '/report 응답, 측정 구간 포함'),
  weight: 1,
  run: (evidence) => readReport(evidence, 'ended'),
}

export const CSV_STEP: Step<Evidence> = {
  id: 'csv',
  title: localized('/report/csv answers', '/report/csv 응답'),
  weight: 1,
  async run(evidence) {
    const { rest, sessionId } = sessionOf(evidence)
    const lines = await rest.csv(sessionId)
    if (lines < 2) throw new Fault('FLOW_FAILED', localized(`${lines} lines`, `${lines}줄`))
    return { detail: localized(`${lines} lines`, `${lines}줄`) }
  },
}

export const ERASE_STEP: Step<Evidence> = {
  id: 'erase',
  title: localized('the session is erased again', '시험 세션 삭제'),
  weight: 1,
  async run(evidence) {
    const { rest, sessionId } = sessionOf(evidence)
    await rest.erase(sessionId)
    delete evidence.session
    return { detail: localized('nothing is left', '남은 데이터 없음') }
  },
}

async function readReport(evidence: Evidence, expected: 'active' | 'ended') {
  const { rest, sessionId } = sessionOf(evidence)
  const { status, timeline, dataQuality } = await rest.report(sessionId)
  const detail = localized(
    `${status}, ${timeline.length} windows, ${dataQuality.frames} frames`,
    `${status}, 구간 ${timeline.length}개, 프레임 ${dataQuality.frames}개`,
  )
  if (status !== expected || timeline.length === 0) throw new Fault('FLOW_FAILED', detail)
  return { detail }
}

function sessionOf({ rest, session }: Evidence) {
  if (rest === undefined || session === undefined) throw new Error('no session was started')
  return { rest, sessionId: session.sessionId }
}

function socketOf({ sockets }: Evidence, channel: Channel): ProbeSocket {
  const socket = sockets.get(channel)
  if (socket === undefined) throw new Error(`${channel} was not opened`)
  return socket
}

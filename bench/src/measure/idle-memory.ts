import { setTimeout as sleep } from 'node:timers/promises'
import { startGenerator } from '../generator/generator.js'
import { HOST, type Subject } from '../servers/subject.js'
import { collectGarbage } from './inspector.js'
import { readResidentBytes } from './process-usage.js'
import { openSessions } from './sessions.js'

export interface IdleFigures {
  readonly sessions: number
  readonly bytesPerSession: number
}

/** As the web client connects: a socket for each. */
const CHANNELS = ['landmarks', 'voice', 'session'] as const
/** Long enough for the events of the connections to be in the database and out of the queue. */
const SETTLE_MS = 3_000

/**
 * What a session with its three sockets open and nothing sent takes of RAM in the process that holds
 * them: growth of the resident size from `warmUp` sessions to `warmUp + sessions`, garbage collected
 * before both. The first sessions pay for code and pools, which later ones share. What the kernel
 * holds for the sockets is not in it.
 */
export async function measureIdleMemory(
  subject: Subject,
  sessions: number,
  warmUp: number,
): Promise<IdleFigures> {
  const { inspectorPort, socketPort: port, socketPid } = subject
  if (inspectorPort === null) throw new Error('idle memory needs the inspector')
  const ids = await openSessions(subject, warmUp + sessions)
  const generator = startGenerator()
  const connect = (some: readonly string[]) =>
    generator.open({
      host: HOST,
      port,
      paths: some.flatMap((id) => CHANNELS.map((channel) => `/ws/${channel}/${id}`)),
      encoding: null,
      voicePaths: [],
    })
  const readSettled = async () => {
    await sleep(SETTLE_MS)
    await collectGarbage(inspectorPort)
    return readResidentBytes(socketPid)
  }
  try {
    await connect(ids.slice(0, warmUp))
    const before = await readSettled()
    await connect(ids.slice(warmUp))
    const after = await readSettled()
    return { sessions, bytesPerSession: (after - before) / sessions }
  } finally {
    await generator.stop()
  }
}

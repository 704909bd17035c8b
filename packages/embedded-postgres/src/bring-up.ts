import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.js'
import { findFreePort } from './free-port.js'
import {
  becameReady,
  type ServerCommand,
  type ServerProcess,
  spawnServer,
} from './server-process.js'

const MAX_PORTS_TRIED = 5
const SEGMENT_RETRY_MS = 200

export interface RunningServer {
  readonly server: ServerProcess
  readonly port: number
}

/**
 * Starts postgres and waits until it takes connections, `timeoutMs` over all attempts.
 * @param port 0: a free one, another one if somebody took it meanwhile
 * @throws PORT_TAKEN, START_FAILED with the server's last lines
 */
export async function bringUp(
  command: ServerCommand,
  { port, timeoutMs }: { port: number; timeoutMs: number },
): Promise<RunningServer> {
  const end = performance.now() + timeoutMs
  for (let portsTried = 1; ; ) {
    const candidate = port === 0 ? await findFreePort() : port
    const server = await spawnServer({
      ...command,
      settings: { ...command.settings, port: candidate },
    })
    if (await becameReady(server, command.dataFolder, end - performance.now())) {
      return { server, port: candidate }
    }
    const said = await lastWords(server)
    const timeLeft = performance.now() < end
    if (/could not create any TCP\/IP sockets/.test(said)) {
      if (port !== 0) throw portTaken(port)
      portsTried += 1
      if (portsTried <= MAX_PORTS_TRIED && timeLeft) continue
    } else if (/pre-existing shared memory block/.test(said) && timeLeft) {
      // The children of a killed server still use its memory; they are about to notice.
      await sleep(SEGMENT_RETRY_MS)
      continue
    }
    throw new EmbeddedPostgresError(
      'START_FAILED',
      `PostgreSQL did not start on ${command.dataFolder}. It said:\n${said}`,
    )
  }
}

async function lastWords(server: ServerProcess): Promise<string> {
  const overdue = !server.hasExited()
  if (overdue) server.signal('SIGKILL')
  const { code, signal, lastLines } = await server.exited
  const ending = overdue ? 'not ready in time' : `exit ${code ?? signal}`
  return [...lastLines, `(${ending})`].join('\n')
}

function portTaken(port: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'PORT_TAKEN',
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, choose another port for the embedded PostgreSQL, or let it find a free one (port 0).`,
  )
}

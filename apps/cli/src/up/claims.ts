import { EXIT, ExitError } from '@bemore/ops'
import { isFreeWithin } from './ports.js'
import { type RunRecord, takeRunFile } from './run-file.js'
import type { Placement } from './topology.js'

/**
 * Makes this the one `up` of its folder.
 * @throws ExitError (75) naming the one that runs
 */
export async function claimFolder(
  folder: string,
  own: RunRecord,
): Promise<{ readonly foundStale: boolean; release(): Promise<void> }> {
  const { instanceId, pid, controlPort } = own
  const outcome = await takeRunFile(folder, { instanceId, pid, controlPort })
  if (outcome.taken) return outcome
  const where =
    outcome.status === null
      ? 'It does not answer at the moment.'
      : `API ${outcome.status.urls.api}, WebSocket ${outcome.status.urls.websocket}`
  throw new ExitError(
    EXIT.temporary,
    `BeMore already runs in this folder (pid ${outcome.pid}). ${where}\nUse that one (bemore status), or stop it first: kill ${outcome.pid}`,
  )
}

/**
 * Checks every port before anything is started.
 * @param orphanPatienceMs how long the children of a killed `up` may take to let go of theirs
 * @throws ExitError (75) naming the port and the variable, 78 where it cannot be listened on at all
 */
export async function claimPorts(
  { host, apiPort, realtimePorts }: Placement,
  orphanPatienceMs: number,
  say: (line: string) => void,
): Promise<void> {
  const wanted = [
    { port: apiPort, variable: 'PORT', option: '--port' },
    ...realtimePorts.map((port) => ({
      port,
      variable: 'REALTIME_PORT',
      option: '--realtime-port',
    })),
  ]
  const twice = wanted.find(({ port }, at) => wanted.findIndex((other) => other.port === port) < at)
  if (twice !== undefined) {
    throw new ExitError(
      EXIT.config,
      `Port ${twice.port} is wanted twice: set PORT and REALTIME_PORT to different ones.`,
    )
  }
  for (const { port, variable, option } of wanted) {
    if (await isFree(host, port, variable, 0)) continue
    if (orphanPatienceMs > 0) {
      say(`port ${port} is taken: waiting for the processes of a killed start to stop`)
      if (await isFree(host, port, variable, orphanPatienceMs)) continue
    }
    throw new ExitError(
      EXIT.temporary,
      `Port ${port} is taken by another program. Stop that one, or choose another port with ${variable} (or ${option}).`,
    )
  }
}

async function isFree(host: string, port: number, variable: string, patienceMs: number) {
  try {
    return await isFreeWithin(host, port, patienceMs)
  } catch (error) {
    throw new ExitError(
      EXIT.config,
      `Cannot listen on ${host}, port ${port}: ${(error as Error).message}. Check HOST and ${variable}.`,
      { cause: error },
    )
  }
}

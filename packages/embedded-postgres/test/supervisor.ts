import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { processStart } from '@bemore/ops'
import { isPostmasterOf } from '../src/process-identity.js'
import { poll } from '../src/shutdown-ladder.js'
import type { Teardown } from './scratch.js'

const WAIT_MS = 20_000

export interface Supervisor {
  readonly server: { pid: number; port: number; url: string; dataFolder: string }
  /** Ends the supervisor with SIGKILL and waits for its death. */
  kill(): Promise<void>
  /** The same for its lifeline: then nobody is left to stop the server. */
  killLifeline(): Promise<void>
  serverRuns(): boolean
}

/** Runs an embedded server in a process of its own, as `npm start` does. */
export async function startSupervisor(t: Teardown, dataDir: string): Promise<Supervisor> {
  const fixture = fileURLToPath(new URL('supervisor-fixture.js', import.meta.url))
  const child = spawn(process.execPath, [fixture, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const server = JSON.parse(line)
  const serverRuns = () => isPostmasterOf(server.pid, server.dataFolder)
  t.teardown(() => {
    if (serverRuns()) process.kill(server.pid, 'SIGKILL')
  })
  return {
    server,
    serverRuns,
    kill: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
    killLifeline: async () => {
      const [lifeline] = childrenOf(child.pid as number).filter((pid) => pid !== server.pid)
      if (lifeline === undefined) throw new Error('the supervisor has no lifeline')
      process.kill(lifeline, 'SIGKILL')
      await waitFor('the end of the lifeline', () => processStart(lifeline) === undefined)
    },
  }
}

/** Linux only. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return ppid === parent ? [Number(name)] : []
    } catch {
      return [] // Gone between the two reads.
    }
  })
}

export async function waitFor(what: string, condition: () => boolean): Promise<void> {
  if (!(await poll(condition, WAIT_MS))) throw new Error(`waited ${WAIT_MS} ms for ${what}`)
}

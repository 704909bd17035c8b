// A supervisor killed with -9 cannot stop its server. This small shell can: it holds the reading
// end of a pipe from the supervisor, which the kernel closes at any kind of death. Both are
// sessions of their own, so Ctrl-C at a terminal reaches neither: the supervisor decides when the
// database goes, after those who use it.
import { spawn } from 'node:child_process'
import { type Account, spawnAs } from './service-account.js'

/** Ties a postmaster's life to ours. Returns the cut: to be called once the postmaster is gone. */
export function attachLifeline(
  postmasterPid: number,
  account: Account | undefined,
  log: (line: string) => void,
): () => void {
  const shell = spawn('/bin/sh', ['-c', 'read -r line; kill -INT "$0"', String(postmasterPid)], {
    ...spawnAs(account),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a lifeline the next start still finds and stops the orphan.
  shell.on('error', (error) => log(`no lifeline for PostgreSQL: ${error.message}`))
  return () => {
    shell.kill('SIGKILL')
    shell.stdin.destroy()
  }
}

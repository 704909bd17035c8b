import type { Lifecycle } from './lifecycle.js'

/** Set by a supervisor that holds the other end of the IPC channel and wants its children to go with it. */
export const SUPERVISED = 'BEMORE_SUPERVISED'

/** What this needs of `process`. */
export interface SupervisedSelf {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly connected: boolean
  once(event: 'disconnect', listener: () => void): unknown
  exit(code: number): unknown
}

/**
 * Stops this process in order once the supervisor that started it is gone. A supervisor killed with
 * -9 cannot tell its children, but the kernel closes its end of the IPC channel at any kind of death;
 * without this the children would hold their ports for ever. Does nothing for a process that was not
 * started by a supervisor: another parent's channel (a test runner's, pm2's) means something else.
 */
export function stopWithParent(lifecycle: Lifecycle, self: SupervisedSelf = process): void {
  if (self.env[SUPERVISED] !== '1') return
  const stop = () => void lifecycle.stop('supervisor gone').then((code) => self.exit(code))
  // The supervisor may have died while this process was still loading its modules.
  if (self.connected) self.once('disconnect', stop)
  else stop()
}

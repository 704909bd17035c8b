/**
 * The one catalogue of what can be wrong with a running system: causes in `/health`, verdicts of
 * `bemore doctor`, alerts and the runbook are made from it. What a *caller* did wrong is the other
 * catalogue's (`ERRORS` of @bemore/protocol).
 */
import { FLOW_CAUSES } from './flow-causes.js'
import { GEMINI_CAUSES } from './gemini-causes.js'
import { PATH_CAUSES } from './path-causes.js'
import { PROCESS_CAUSES } from './process-causes.js'

export const CAUSES = { ...PATH_CAUSES, ...PROCESS_CAUSES, ...FLOW_CAUSES, ...GEMINI_CAUSES }

export type CauseCode = keyof typeof CAUSES

/** Of the way to a process; what it says of itself is none. */
export function isPathCause(code: CauseCode): boolean {
  return Object.hasOwn(PATH_CAUSES, code)
}

export function isCauseCode(code: string): code is CauseCode {
  return Object.hasOwn(CAUSES, code)
}

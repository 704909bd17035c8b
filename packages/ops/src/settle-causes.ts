import type { CauseCode } from './causes/causes.js'
import type { Health } from './health.js'

/**
 * Of causes that exclude each other, at most the one found holds: it is raised and the others are
 * cleared. A code that is none of them changes nothing of itself, it is for somebody else to tell.
 */
export function settleCauses(
  health: Pick<Health, 'degrade' | 'recover'>,
  codes: readonly CauseCode[],
  found: { readonly code: string; readonly detail: string } | null,
): void {
  for (const code of codes) {
    if (code === found?.code) health.degrade(code, found.detail)
    else health.recover(code)
  }
}

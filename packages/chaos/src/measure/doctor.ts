/** `bemore doctor <url> --json`, as an operator asks it during the trouble. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CAUSES, type CauseCode } from '@bemore/ops'

/** The first cause it named, `OK` where it found nothing, or null where it could not be asked. */
export type Verdict = CauseCode | 'OK'

const BEMORE = fileURLToPath(new URL('../../../../../apps/cli/bin/bemore.mjs', import.meta.url))
const TIMEOUT_MS = 60_000

/** Its exit code is the verdict: the catalogue of causes has one for each. */
export function askDoctor(url: string, more: readonly string[] = []): Promise<Verdict | null> {
  return new Promise((resolve) => {
    const args = [BEMORE, 'doctor', url, '--json', ...more]
    execFile(process.execPath, args, { timeout: TIMEOUT_MS }, (error) => {
      if (error === null) resolve('OK')
      else resolve(causeOfExit(typeof error.code === 'number' ? error.code : -1))
    })
  })
}

function causeOfExit(exitCode: number): CauseCode | null {
  const found = Object.entries(CAUSES).find(([, cause]) => cause.exitCode === exitCode)
  return (found?.[0] as CauseCode | undefined) ?? null
}

/** A process started on its own, to see how it begins or why it does not. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@bemore/embedded-postgres'
import type { CauseCode } from '@bemore/ops'
import type { Verdict } from '../measure/doctor.js'
import { jsonOf, probe } from '../measure/http-probe.js'
import type { Row } from '../report/row.js'
import { type Exit, type RespawningProcess, startRespawning } from '../system/respawning-process.js'
import { HOST, ROOT } from '../system/system.js'
import { waitUntil } from '../until.js'

export interface BootTrial {
  readonly process: RespawningProcess
  readonly port: number
  readonly url: string
  /** Its first end; null: it had none in time. */
  readonly exit: Exit | null
  /** All it has said so far. */
  readOutput(): Promise<string>
}

const EXIT_LIMIT_MS = 15_000
const READY_LIMIT_MS = 15_000

/**
 * Starts the API with this environment, without a supervisor's second try, and waits for its end, or
 * for as long as an end would take.
 */
export async function tryBoot<Result>(
  env: Readonly<Record<string, string>>,
  use: (trial: BootTrial) => Promise<Result>,
  { port = undefined as number | undefined, exits = true } = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bemore-chaos-boot-'))
  const ownPort = port ?? (await findFreePort())
  const { PATH = '' } = process.env
  const logFile = join(folder, 'output')
  const started = startRespawning({
    name: 'api',
    program: process.execPath,
    args: [join(ROOT, 'apps/api/dist/src/server.js')],
    env: {
      ...{ PATH, NODE_ENV: 'production', HOST, PORT: String(ownPort) },
      AUTH_SECRET: randomBytes(32).toString('hex'),
      ...env,
    },
    logFile,
  })
  try {
    started.hold()
    const exit = exits ? await started.nextExit(EXIT_LIMIT_MS) : null
    const url = `http://${HOST}:${ownPort}`
    const readOutput = () => readFile(logFile, 'utf8').catch(() => '')
    return await use({ process: started, port: ownPort, url, exit, readOutput })
  } finally {
    await started.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts it again with `changes`. @returns ms until it is ready, or null */
export async function recoverWith(
  trial: BootTrial,
  changes: Readonly<Record<string, string>>,
): Promise<number | null> {
  trial.process.release(changes)
  return waitUntilReady(trial.url)
}

export const waitUntilReady = (url: string): Promise<number | null> =>
  waitUntil(async () => (await probe(`${url}/readyz`)).status === 200, READY_LIMIT_MS)

/** Causes its health names, or none where it does not answer. */
export async function causesAt(url: string): Promise<CauseCode[]> {
  const health = jsonOf(await probe(`${url}/health`))
  return ((health?.['causes'] ?? []) as readonly { code: CauseCode }[]).map(({ code }) => code)
}

export interface BootFinding {
  readonly usersSaw: string
  readonly detectedAfterMs: number | null
  readonly cause: CauseCode
  readonly recoveredAfterMs: number | null
  /** Where the doctor is asked, and what he may say. */
  readonly verdict: Verdict | null
  readonly verdicts: readonly Verdict[]
  readonly missed: readonly string[]
}

const RESTART_LIMIT_MS = 5_000

export function toRow(fault: { name: string; title: string }, finding: BootFinding): Row {
  const { verdict, verdicts, recoveredAfterMs, detectedAfterMs } = finding
  const expected = verdict !== null && verdicts.includes(verdict)
  const missed = [...finding.missed]
  if (!expected) missed.push(`doctor should say ${verdicts.join(' or ')}`)
  if (detectedAfterMs === null) missed.push('detection: not at all')
  if (recoveredAfterMs === null || recoveredAfterMs > RESTART_LIMIT_MS) {
    missed.push(`recovery took longer than ${RESTART_LIMIT_MS / 1_000} s`)
  }
  return {
    name: fault.name,
    title: fault.title,
    usersSaw: finding.usersSaw,
    detectedAfterMs,
    detectedAs: finding.cause,
    verdict,
    verdictExpected: expected,
    recoveredAfterMs,
    frames: null,
    windows: null,
    requests: null,
    missed,
  }
}

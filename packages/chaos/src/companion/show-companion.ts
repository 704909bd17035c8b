/**
 * `npm run show:companion`: the same session without a key, with Gemini well, and with Gemini failing
 * in each way it can, in real processes. The fake enforces what the real API does.
 */
import { createFakeGemini, FAKE_GEMINI_MODES, type FakeGemini } from '@bemore/testing'
import { type DatabaseServer, startDatabaseServer } from '../system/database-server.js'
import { startSystem } from '../system/system.js'
import { type CompanionRow, runCompanionSession } from './companion-session.js'

/** Short, so that what hangs is over soon; one attempt, so that what is shown is one failure. */
const LIMITS = { GEMINI_TIMEOUT_MS: '3000', GEMINI_STREAM_IDLE_MS: '1500', GEMINI_RETRIES: '1' }
const HEADER = [
  'Gemini',
  'chat',
  'ms',
  'POST /api/emotion',
  'transcription',
  'narrative',
  'report, page, PDF',
  'cause in health',
]

/** @returns the exit code: 1 where a session did not get what it must */
export async function showCompanion(): Promise<number> {
  const server = await startDatabaseServer((line) => console.error(line))
  try {
    const rows = [...(await runWithoutKey(server)), ...(await runWithFake(server))]
    console.log(renderRows(rows))
    const faults = rows.flatMap((row) => row.faults.map((words) => `${row.situation}: ${words}`))
    for (const words of faults) console.error(`✗ ${words}`)
    console.error(faults.length === 0 ? '✓ every session got its answers' : '')
    return faults.length === 0 ? 0 : 1
  } finally {
    await server.remove()
  }
}

async function runWithoutKey(server: DatabaseServer): Promise<CompanionRow[]> {
  const system = await startSystem(server, 'companion_off', {})
  try {
    return [await runCompanionSession(system, 'no key')]
  } finally {
    await system.stop()
  }
}

async function runWithFake(server: DatabaseServer): Promise<CompanionRow[]> {
  const gemini = await createFakeGemini()
  try {
    const rows: CompanionRow[] = []
    for (const mode of FAKE_GEMINI_MODES) rows.push(await runMode(server, gemini, mode))
    rows.push(await runWrong(server, gemini, 'a refused key', { GEMINI_API_KEY: 'wrong' }))
    rows.push(await runWrong(server, gemini, 'an unknown model', { GEMINI_MODEL: 'gemini-0' }))
    return rows
  } finally {
    await gemini.close()
  }
}

function runMode(
  server: DatabaseServer,
  gemini: FakeGemini,
  mode: (typeof FAKE_GEMINI_MODES)[number],
): Promise<CompanionRow> {
  gemini.behave(mode)
  return runWrong(server, gemini, mode, {})
}

/** A system of its own for each, so that one failure does not open the breaker of the next. */
async function runWrong(
  server: DatabaseServer,
  gemini: FakeGemini,
  situation: string,
  env: Readonly<Record<string, string>>,
): Promise<CompanionRow> {
  const access = { GEMINI_API_KEY: gemini.key, GEMINI_BASE_URL: gemini.url }
  const name = `companion_${situation.replaceAll(/\W/g, '_')}`
  const system = await startSystem(server, name, { env: { ...access, ...LIMITS, ...env } })
  try {
    console.error(situation)
    return await runCompanionSession(system, situation)
  } finally {
    await system.stop()
  }
}

function renderRows(rows: readonly CompanionRow[]): string {
  const lines = rows.map((row) => [
    ...[row.situation, row.chat, String(row.chatMs), row.emotion, row.transcription],
    ...[row.narrative, row.reports, row.cause],
  ])
  return [HEADER, HEADER.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { readTap } from './tap-results.mjs'
import { root } from './workspace.mjs'

const GRACE_MS = 3_000

/**
 * Runs one test program in a process of its own and reads its results. A program that dies, hangs
 * or says nothing is a failed test too. All it printed is kept in `.test-results/`.
 * @param {{source: string, program: string}} file relative to the root
 * @param {{env: NodeJS.ProcessEnv, timeoutMs: number, signal: AbortSignal}} options
 * @returns {Promise<import('./tap-results.mjs').Results & {ms: number, log: string}>}
 */
export async function runTestFile({ source, program }, { env, timeoutMs, signal }) {
  const start = performance.now()
  const log = join('.test-results', `${source}.tap`)
  mkdirSync(dirname(join(root, log)), { recursive: true })
  const logFile = createWriteStream(join(root, log))
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    cwd: root,
    env,
    // A process group of its own, so that what it started can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(logFile, { end: false })
  child.stderr.pipe(logFile, { end: false })

  let ending
  const end = (reason, first) => {
    ending ??= reason
    signalGroup(child.pid, first)
    setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS).unref()
  }
  // On SIGALRM, tap reports what was still under way.
  const limit = () => end(`not finished within ${timeoutMs / 1000} s`, 'SIGALRM')
  const timer = setTimeout(limit, timeoutMs)
  const interrupt = () => end('interrupted', 'SIGTERM')
  signal.addEventListener('abort', interrupt, { once: true })

  const tap = child.stdout.pipe(new PassThrough())
  const results = readTap(tap, source)
  const closed = once(child, 'close')
  const [code, killedBy] = await once(child, 'exit')
  // Whatever it left behind would outlive the run; what escaped even this may hold its output open.
  signalGroup(child.pid, 'SIGKILL')
  await Promise.race([closed, sleep(GRACE_MS, undefined, { ref: false })])
  tap.end()
  const { passed, failed, skipped } = await results
  clearTimeout(timer)
  signal.removeEventListener('abort', interrupt)
  logFile.end()
  await finished(logFile)

  const problem = ending ?? (code === 0 ? undefined : `ended with ${killedBy ?? `code ${code}`}`)
  // Failed tests make it end with 1; then they have said why.
  if (problem && (ending || failed.length === 0)) {
    const whole = failed.find(({ test }) => test === source)
    if (whole) whole.problems.push({ what: problem })
    else failed.push({ test: source, problems: [{ what: problem }] })
  }
  return { passed, failed, skipped, ms: performance.now() - start, log }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

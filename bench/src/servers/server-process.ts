import { type ChildProcess, spawn } from 'node:child_process'
import { type Pinning, pinProcess } from './pinning.js'

export interface ServerProcess {
  readonly pid: number
  stop(): Promise<void>
}

export interface ServerProcessOptions {
  readonly name: string
  /** Absolute path of the compiled entry. */
  readonly entry: string
  readonly nodeFlags: readonly string[]
  /** All of its environment: what the caller has set must not change the figures. */
  readonly env: Readonly<Record<string, string>>
  /** Answers 2xx once the server takes work. */
  readonly readyUrl: string
  readonly pinning: Pinning | null
}

const READY_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 30_000
const POLL_MS = 50
/** Enough of what a server said to see why it did not start. */
const KEPT_OUTPUT = 4_000

/** Starts a server from its compiled entry and waits until it is ready. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { name, entry, nodeFlags, env, pinning } = options
  const child = spawn(process.execPath, [...nodeFlags, entry], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (pinning !== null) pinProcess(child.pid!, pinning.server)
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let stopping = false
  const exited = new Promise<void>((resolve) =>
    child.once('close', (code, signal) => {
      // Whatever was being measured will fail too, but only this says why.
      if (!stopping) console.error(`${name} ended by itself (${code ?? signal}):\n${output}`)
      resolve()
    }),
  )
  // A benchmark that is interrupted must not leave servers behind.
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)

  const stop = async () => {
    stopping = true
    if (isRunning(child)) child.kill('SIGTERM')
    const timer = setTimeout(killChild, STOP_TIMEOUT_MS)
    await exited
    clearTimeout(timer)
    process.off('exit', killChild)
  }
  try {
    await waitUntilReady(options.readyUrl, child)
  } catch (error) {
    await stop()
    throw new Error(`${name} did not start (${(error as Error).message}):\n${output}`, {
      cause: error,
    })
  }
  return { pid: child.pid!, stop }
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (!isRunning(child)) throw new Error(`exit code ${child.exitCode ?? child.signalCode}`)
    const reply = await fetch(url).catch(() => null)
    await reply?.arrayBuffer()
    if (reply?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`not ready within ${READY_TIMEOUT_MS} ms`)
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

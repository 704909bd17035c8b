import type { Palette } from '../palette.js'
import type { Terminal } from '../terminal.js'
import { renderSigned } from './bar.js'
import type { SocketState } from './demo-sockets.js'
import type { Affect } from './demo-tally.js'

export interface DemoProgress {
  readonly elapsedMs: number
  readonly totalMs: number
  /** What is simulated at the moment. */
  readonly doing: string
  readonly affect: Affect | null
  readonly framesPerSecond: number
  readonly windows: number
  readonly sockets: readonly SocketState[]
}

/** The live line, shorter than `columns`: what is shown → what is read. */
export function renderProgress(progress: DemoProgress, columns: number): string {
  const { elapsedMs, totalMs, doing, affect, framesPerSecond, windows, sockets } = progress
  const seconds = (ms: number) => String(Math.floor(ms / 1000)).padStart(2)
  const reading =
    affect === null ? '-' : affect.status === 'measured' ? affect.label : affect.status
  const cells = [
    `${seconds(elapsedMs)}/${seconds(totalMs)} s`,
    `${doing.padStart(9)} → ${reading.padEnd(9)}`,
    `valence ${renderSigned(affect?.valence ?? null)}`,
    `${framesPerSecond.toFixed(0).padStart(2)} fps`,
    `${windows} windows`,
    describeSockets(sockets),
  ]
  return cells.join('  ').slice(0, Math.max(1, columns - 1))
}

function describeSockets(states: readonly SocketState[]): string {
  const open = states.filter((state) => state === 'open').length
  if (open === states.length) return 'connected'
  if (states.includes('refused')) return 'refused'
  if (states.includes('closed')) return 'closed'
  return `reconnecting (${open} of ${states.length} open)`
}

export interface DemoScreen {
  progress(progress: DemoProgress): void
  /** Something worth keeping above the live line. */
  note(text: string): void
  /** Leaves the live line as it is. */
  end(): void
}

const QUIET_MS = 2_000
const CLEAR_LINE = '\r\u001b[2K'

/** One line rewritten in place where somebody looks; a line every 2 s where it goes to a file. */
export function createDemoScreen(terminal: Terminal, now: () => number): DemoScreen {
  const { interactive, paint } = terminal
  let shown = ''
  let lastAt = Number.NEGATIVE_INFINITY

  return {
    progress(progress) {
      if (interactive) {
        shown = renderProgress(progress, terminal.columns)
        terminal.write(`${CLEAR_LINE}${shown}`)
        return
      }
      if (now() - lastAt < QUIET_MS) return
      lastAt = now()
      terminal.say(renderProgress(progress, Number.POSITIVE_INFINITY))
    },
    note(text) {
      terminal.write(`${interactive && shown !== '' ? CLEAR_LINE : ''}${mark(paint)} ${text}\n`)
      if (interactive) terminal.write(shown)
    },
    end() {
      if (interactive && shown !== '') terminal.write('\n')
      shown = ''
    },
  }
}

const mark = (paint: Palette) => paint.yellow('›')

import type { Palette } from '../palette.js'
import type { Terminal } from '../terminal.js'
import type { ProcessEvent } from './supervised-process.js'
import type { DatabaseStatus, UpStatus, UpUrls } from './up-status.js'

/** A line of the supervisor's own, in the form of its children's. */
export function sayLine(terminal: Terminal, message: string): void {
  const time = new Date().toTimeString().slice(0, 8)
  terminal.say(`${terminal.paint.dim(time)} ${terminal.paint.bold('up')} ${message}`)
}

/** What happened to a child, in a sentence. */
export function describeProcessEvent(event: ProcessEvent, paint: Palette): string {
  const name = paint.cyan(event.name)
  switch (event.type) {
    case 'started':
      return event.restarts === 0
        ? `${name} started (pid ${event.pid})`
        : `${name} started again (pid ${event.pid}, restart ${event.restarts})`
    case 'died': {
      const how = describeExit(event.code, event.signal)
      return `${paint.red('!')} ${name} died (${how}); starting it again in ${event.restartInMs} ms`
    }
    case 'gave-up':
      return `${paint.red('!')} ${name} cannot run here (exit ${event.exitCode}): see its message above`
    case 'forced':
      return `${paint.red('!')} ${name} did not stop within ${event.afterMs / 1000} s: killed`
  }
}

export function describeExit(code: number | null, signal: string | null): string {
  if (signal !== null) return `signal ${signal}`
  return code === null ? 'it could not be started' : `exit ${code}`
}

/** What to open, once everything runs. */
export function renderUrls(urls: UpUrls, database: DatabaseStatus, paint: Palette): string {
  const others = urls.realtime.slice(1)
  const rows: [string, string][] = [
    ['API', urls.api],
    ['Docs', urls.docs],
    ['Health', `${urls.api}/health`],
    ['WebSocket', `${urls.websocket}/ws/{landmarks|voice|session}/{sessionId}`],
    ...(others.length > 0 ? [['', `also ${others.join(', ')}`] as [string, string]] : []),
    ['Database', `${database.kind === 'embedded' ? 'PostgreSQL in ' : ''}${database.location}`],
  ]
  const table = rows.map(([name, value]) => `  ${paint.bold(name.padEnd(10))} ${value}`).join('\n')
  return `
${paint.green('BeMore is running.')}

${table}

Try it: ${paint.bold('npm run demo')} in another terminal. Ctrl-C stops everything in order.
`
}

/** For `bemore status`. */
export function renderStatus(status: UpStatus, paint: Palette): string {
  const rows = status.processes.map((each) => [
    each.name,
    each.state,
    each.pid === null ? '-' : String(each.pid),
    String(each.restarts),
    each.lastExit === null ? '' : `last: ${describeExit(each.lastExit.code, each.lastExit.signal)}`,
  ])
  if (status.database?.kind === 'embedded') {
    const { pid, restarts } = status.database
    rows.push([
      'postgres',
      pid === null ? 'waiting' : 'running',
      String(pid ?? '-'),
      String(restarts),
      '',
    ])
  }
  const table = [['process', 'state', 'pid', 'restarts', ''], ...rows]
    .map((cells) =>
      `  ${cells.map((cell, at) => cell.padEnd(at === 0 ? 12 : 9)).join(' ')}`.trimEnd(),
    )
    .join('\n')
  const since = new Date(status.startedAt).toISOString()
  return `${paint.bold(`bemore up is ${status.state}`)} (pid ${status.pid}, since ${since})
  API        ${status.urls.api}
  WebSocket  ${status.urls.websocket}
  Database   ${status.database?.location ?? 'not started yet'}

${table}`
}

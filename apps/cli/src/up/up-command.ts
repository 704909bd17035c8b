import { type Command, readInteger, readOptions } from '../command.js'
import { up } from './up.js'

const MAX_PORT = 65_535
const MAX_REALTIME_PROCESSES = 16

export const upCommand: Command = {
  help: `Usage: bemore up [--port N] [--realtime-port N] [--realtime-processes N]

Starts PostgreSQL (in ./.bemore/postgres; not where DATABASE_URL is set), brings its
schema up to date, and starts the realtime process and the API. A process that dies is
started again. SIGTERM or Ctrl-C stops everything in order; a second one at once.

  --port N                port of the API; over PORT (8000); 0: a free one
  --realtime-port N       port of the realtime process; over REALTIME_PORT (8001); 0: a free one
  --realtime-processes N  how many (1), on ports one after the other. The API hands sockets to
                          the first; to use all, put a balancer before them and set
                          REALTIME_PUBLIC_URL and REALTIME_INTERNAL_URL to it

Logs are in ./.bemore/logs. Every other setting is an environment variable of its process.

Exit codes: 0 stopped as asked, 75 a port is taken or it already runs here,
78 configuration or schema, 69 the database is not to be had, 130 stopped at once`,

  async run(args, terminal) {
    const values = readOptions(args, {
      port: { type: 'string' },
      'realtime-port': { type: 'string' },
      'realtime-processes': { type: 'string' },
    })
    const portOf = (option: 'port' | 'realtime-port') =>
      values[option] === undefined
        ? undefined
        : readInteger(option, values[option], { fallback: 0, min: 0, max: MAX_PORT })
    const port = portOf('port')
    const realtimePort = portOf('realtime-port')
    const range = { fallback: 1, min: 1, max: MAX_REALTIME_PROCESSES }
    return up(
      {
        ...(port !== undefined && { port }),
        ...(realtimePort !== undefined && { realtimePort }),
        realtimeProcesses: readInteger('realtime-processes', values['realtime-processes'], range),
      },
      terminal,
    )
  },
}

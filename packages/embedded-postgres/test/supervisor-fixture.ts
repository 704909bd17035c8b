// A process that runs an embedded server until somebody kills it: node supervisor-fixture.js DIR
import { startEmbeddedPostgres } from '../src/index.js'

const [, , dataDir = ''] = process.argv
const { pid, port, url, dataFolder } = await startEmbeddedPostgres({ dataDir, log: () => {} })
process.stdout.write(`${JSON.stringify({ pid, port, url, dataFolder })}\n`)

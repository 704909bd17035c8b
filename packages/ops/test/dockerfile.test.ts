import t from 'tap'
import { isProgramOfRepository, readRepositoryFile } from './fixtures/repository.js'

const stages = readRepositoryFile('Dockerfile')
  .replaceAll(/^#.*$/gm, '')
  .replaceAll('\\\n', ' ')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.startsWith('FROM '))
const final = stages.at(-1) ?? ''
const instruction = (name: string) => new RegExp(`^${name}\\s+(.+)$`, 'm').exec(final)?.[1] ?? ''

t.test('what builds the image is not in it', async (t) => {
  t.ok(stages.length > 1)
  t.match(final, /^COPY --from=build /m)
  t.notMatch(final, /\b(pnpm|npm|tsc)\b/)
})

t.test('it is Node 22 on glibc: uWebSockets.js has no binary for musl', async (t) => {
  for (const stage of stages) {
    t.match(stage, /^FROM node:22-(bookworm|trixie)/)
    t.notMatch(stage, /alpine/)
  }
})

t.test('the process is not root, and owns what it may write', async (t) => {
  t.equal(instruction('USER'), 'node')
  t.match(final, /--chown=node:node/)
  const journal = /JOURNAL_DIR=(\S+)/.exec(final)?.[1]
  t.ok(journal && final.includes('install -d -o node'), 'the journal can be written')
  for (const file of ['render.yaml', 'fly.toml']) {
    t.ok(readRepositoryFile(file).includes(`${journal}`), `${file} names the same folder`)
  }
})

t.test('node is PID 1 and gets the signals itself', async (t) => {
  const command: unknown = JSON.parse(instruction('CMD'))
  t.match(command, ['node', /\.js$/])
  t.ok(isProgramOfRepository((command as string[])[1] ?? ''))
  t.equal(instruction('ENTRYPOINT'), '', 'no shell and no init in between')
})

t.test('it says how its health is asked', async (t) => {
  t.match(instruction('HEALTHCHECK'), /--interval=.*CMD \["node"/)
  t.match(instruction('HEALTHCHECK'), /livez/, 'a database outage is no reason to restart')
})

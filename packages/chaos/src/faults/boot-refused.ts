/** A process that must not start says everything that is wrong, at once, and by its exit code. */
import { once } from 'node:events'
import net from 'node:net'
import { EXIT } from '@bemore/ops'
import type { BootFault } from '../fault.js'
import { askDoctor } from '../measure/doctor.js'
import type { DatabaseServer } from '../system/database-server.js'
import { HOST } from '../system/system.js'
import { prepareDatabase } from './boot-database.js'
import { recoverWith, toRow, tryBoot } from './boot-rig.js'

export const environmentMissing = environmentFault({
  name: 'environment-missing',
  title: 'environment missing',
  how: 'the API is started without DATABASE_URL; then with it',
  broken: {},
  mustName: ['DATABASE_URL'],
})

export const environmentMalformed = environmentFault({
  name: 'environment-malformed',
  title: 'environment malformed',
  how: 'the API is started with three variables that make no sense, all of which it must name at once; then with good ones',
  broken: {
    DATABASE_URL: 'mysql://nowhere',
    DATABASE_POOL_SIZE: 'many',
    TRUSTED_PROXIES: '-1',
  },
  mustName: ['DATABASE_URL', 'DATABASE_POOL_SIZE', 'TRUSTED_PROXIES'],
})

interface EnvironmentFault {
  readonly name: string
  readonly title: string
  readonly how: string
  readonly broken: Readonly<Record<string, string>>
  readonly mustName: readonly string[]
}

function environmentFault({ broken, mustName, ...fault }: EnvironmentFault): BootFault {
  return {
    ...fault,
    kind: 'boot',
    async run(server: DatabaseServer, databaseName: string) {
      const databaseUrl = await prepareDatabase(server, databaseName)
      const startedMs = performance.now()
      return tryBoot(broken, async (trial) => {
        const output = await trial.readOutput()
        const unnamed = mustName.filter((name) => !output.includes(name))
        const verdict = await askDoctor(trial.url)
        const good = { DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '10', TRUSTED_PROXIES: '0' }
        const recoveredAfterMs = await recoverWith(trial, good)
        return toRow(fault, {
          usersSaw: `no start, exit ${trial.exit?.code ?? 'none'}; the log names ${mustName.length - unnamed.length} of ${mustName.length} variables`,
          detectedAfterMs: trial.exit === null ? null : trial.exit.atMs - startedMs,
          cause: 'CONFIG_INVALID',
          recoveredAfterMs,
          verdict,
          // From outside, a process that did not start is one that does not listen.
          verdicts: ['CONNECTION_REFUSED', 'CONFIG_INVALID'],
          missed: [
            ...(trial.exit?.code === EXIT.config ? [] : [`exit ${EXIT.config} expected`]),
            ...unnamed.map((name) => `${name} not named`),
          ],
        })
      })
    },
  }
}

const taken = {
  name: 'port-taken',
  title: 'port taken',
  how: 'the API is started on a port that another server has; then that one leaves',
}

export const portTaken: BootFault = {
  ...taken,
  kind: 'boot',
  async run(server, databaseName) {
    const databaseUrl = await prepareDatabase(server, databaseName)
    const squatter = net.createServer((socket) => socket.end('hello\r\n'))
    squatter.listen(0, HOST)
    await once(squatter, 'listening')
    const { port } = squatter.address() as net.AddressInfo
    const startedMs = performance.now()
    return tryBoot(
      { DATABASE_URL: databaseUrl },
      async (trial) => {
        const output = await trial.readOutput()
        const verdict = await askDoctor(trial.url)
        squatter.close()
        const recoveredAfterMs = await recoverWith(trial, {})
        const named = output.includes(String(port)) && output.includes('PORT')
        return toRow(taken, {
          usersSaw: `the other server; exit ${trial.exit?.code ?? 'none'}, port and variable ${named ? 'named' : 'not named'}`,
          detectedAfterMs: trial.exit === null ? null : trial.exit.atMs - startedMs,
          cause: 'PORT_TAKEN',
          recoveredAfterMs,
          verdict,
          verdicts: ['NOT_BEMORE', 'PORT_TAKEN'],
          missed: [
            ...(trial.exit?.code === EXIT.temporary ? [] : [`exit ${EXIT.temporary} expected`]),
            ...(named ? [] : ['port or variable not named']),
          ],
        })
      },
      { port },
    )
  },
}

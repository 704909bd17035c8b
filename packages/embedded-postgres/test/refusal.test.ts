import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { query, scratchFolder, startServer, takePort } from './scratch.js'

t.test('a database that exists', async (t) => {
  const dataDir = await scratchFolder(t)
  const server = await startServer(t, { dataDir })

  t.test('is not started twice; its user is named and left alone', async (t) => {
    await t.rejects(startServer(t, { dataDir }), {
      code: 'DATA_FOLDER_IN_USE',
      message: new RegExp(`${dataDir}.*process ${process.pid}`),
    })
    t.strictSame(await query(server.url, 'select 1 as one'), [{ one: 1 }])
    await server.stop()
  })

  t.test('of another major version is left as it is, and the remedy told', async (t) => {
    await writeFile(join(server.dataFolder, 'PG_VERSION'), '17\n')
    await t.rejects(startServer(t, { dataDir }), {
      code: 'DATA_VERSION_MISMATCH',
      message: new RegExp(`${dataDir}/data was made by PostgreSQL 17.*pg_dump.*delete`),
    })
    await writeFile(join(server.dataFolder, 'PG_VERSION'), '18\n')
  })

  t.test('does not start on a taken port, which is named, but finds a free one', async (t) => {
    const port = await takePort(t)
    await t.rejects(startServer(t, { dataDir, port }), {
      code: 'PORT_TAKEN',
      message: new RegExp(`Port ${port} `),
    })
    const again = await startServer(t, { dataDir })
    t.not(again.port, port)
    await again.stop()
  })

  t.test(
    'does not start with settings that make no sense, in the words of the server',
    async (t) => {
      await t.rejects(startServer(t, { dataDir, settings: { max_connections: 'many' } }), {
        code: 'START_FAILED',
        message: /invalid value for parameter "max_connections"/,
      })
    },
  )
})

t.test('a folder of other things is not written into', async (t) => {
  const dataDir = await scratchFolder(t)
  await mkdir(join(dataDir, 'data'))
  await writeFile(join(dataDir, 'data', 'thesis.txt'), 'mine')
  await t.rejects(startServer(t, { dataDir }), { code: 'INIT_FAILED', message: /not empty/ })
})

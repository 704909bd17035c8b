import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

const state = join(root, '.bemore')

/**
 * One PostgreSQL for all test files, quick and forgetful, with the migrated template that
 * `createTestDatabase` copies. Imports what bootstrap has compiled.
 * @returns {Promise<{variable: string, url: string, stop(): Promise<void>}>}
 */
export async function startTestServer() {
  const { startEmbeddedPostgres, removeEmbeddedPostgres } = await import(
    '../packages/embedded-postgres/dist/src/index.js'
  )
  const { prepareTestTemplate, TEST_SERVER_SETTINGS, TEST_SERVER_VARIABLE } = await import(
    '../packages/testing/dist/src/test-database.js'
  )
  await sweep(removeEmbeddedPostgres)
  const dataDir = join(state, `test-${process.pid}`)
  const server = await startEmbeddedPostgres({
    dataDir,
    log: (line) => console.log(line),
    durable: false,
    settings: TEST_SERVER_SETTINGS,
  })
  const stop = async () => {
    await server.stop({ mode: 'immediate' })
    await removeEmbeddedPostgres({ dataDir, log: () => {} })
  }
  try {
    await prepareTestTemplate(server.url)
  } catch (error) {
    await stop()
    throw error
  }
  return { variable: TEST_SERVER_VARIABLE, url: server.url, stop }
}

/** Removes what runs that were killed have left; living ones hold a lock and are passed over. */
async function sweep(removeEmbeddedPostgres) {
  mkdirSync(state, { recursive: true })
  for (const name of readdirSync(state)) {
    if (!name.startsWith('test-')) continue
    try {
      await removeEmbeddedPostgres({ dataDir: join(state, name), log: () => {} })
    } catch (error) {
      if (error.code !== 'DATA_FOLDER_IN_USE') throw error
    }
  }
}

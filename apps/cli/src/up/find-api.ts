import { join } from 'node:path'
import { readSettings, SETTINGS } from '@bemore/ops'
import type { Terminal } from '../terminal.js'
import { findRunning } from './run-file.js'

/** Where the API is when nobody says: with the `up` of this folder, else on this machine. */
export async function findApi({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>): Promise<string> {
  const running = await findRunning(join(cwd, '.bemore'))
  if (running?.status) return running.status.urls.api
  return `http://localhost:${readSettings({ port: SETTINGS.port }, env).port}`
}

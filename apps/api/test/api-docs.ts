import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeSockets } from '@bemore/protocol'
import { renderErrorMarkdown } from '../src/error-docs/error-markdown.js'
import { createRig } from './rig.js'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** Nobody is there, and nobody is asked: the routes are read, not called. */
const NO_DATABASE = 'postgres://nobody@127.0.0.1:9/none'

/** What `npm run docs:api` writes, by path from the root of the repository. */
export async function renderApiDocs(): Promise<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'apps/api/package.json'), 'utf8'))
  return {
    'docs/openapi.json': toText(await readOpenApi(version)),
    'docs/asyncapi.json': toText(describeSockets({ version })),
    'docs/errors.md': renderErrorMarkdown(),
  }
}

async function readOpenApi(version: string): Promise<object> {
  const leave: (() => unknown)[] = []
  const test = { name: 'openapi', teardown: (end: () => unknown) => void leave.push(end) }
  try {
    const rig = await createRig(test, { url: NO_DATABASE })
    const document = (await rig.get('/openapi.json')).json()
    return { ...document, info: { ...document.info, version } }
  } finally {
    for (const end of leave.reverse()) await end()
  }
}

const toText = (document: object) => `${JSON.stringify(document, null, 2)}\n`

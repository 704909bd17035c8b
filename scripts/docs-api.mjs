// `npm run docs:api`: writes what docs hold of the API from the code: docs/openapi.json,
// docs/asyncapi.json, docs/errors.md. A test fails when they are not what this writes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrapOrExit } from './bootstrap.mjs'
import { root } from './workspace.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { renderApiDocs } = await import('../apps/api/dist/test/api-docs.js')
for (const [path, text] of Object.entries(await renderApiDocs())) {
  writeFileSync(join(root, path), text)
  console.log(`${path}  ${(text.length / 1024).toFixed(0)} kB`)
}

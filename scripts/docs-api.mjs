// `npm run docs:api`: writes what docs hold of the API from the code: docs/openapi.json,
// docs/asyncapi.json, docs/errors.md, and in docs/security.md what each route answered to whom. Tests
// fail when they are not what this writes.
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

const { measureAccess, renderAccessTable } = await import('../apps/api/dist/test/access-table.js')
const { readDocsSection } = await import('../packages/testing/dist/src/index.js')
const ends = []
try {
  const section = await readDocsSection(join(root, 'docs/security.md'), 'access')
  const context = { name: 'docs-api', fullname: 'docs-api', teardown: (end) => ends.unshift(end) }
  const table = await measureAccess(context)
  await section.write(renderAccessTable(table))
  console.log(`docs/security.md  ${table.rows.length} routes`)
} finally {
  for (const end of ends) await end()
}

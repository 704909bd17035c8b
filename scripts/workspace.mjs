import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository, wherever the command was started from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Every package of the workspace (pnpm-workspace.yaml), relative to the root. */
export function packageFolders() {
  const nested = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  )
  return [...nested, 'bench'].filter((folder) => existsSync(join(root, folder, 'package.json')))
}

/**
 * The test programs, relative to the root. Listed by their sources: a compiled test whose source
 * is gone stays in dist and must not run.
 * @param filters parts of paths; a test is taken if it has one of them, or if there are none
 */
export function testFiles(filters) {
  const compiled = packageFolders().flatMap((folder) =>
    filesIn(`${folder}/test`, '.test.ts').map((file) => ({
      source: `${folder}/test/${file}`,
      program: `${folder}/dist/test/${file.replace(/\.ts$/, '.js')}`,
    })),
  )
  const plain = filesIn('scripts/test', '.test.mjs').map((file) => ({
    source: `scripts/test/${file}`,
    program: `scripts/test/${file}`,
  }))
  return [...compiled, ...plain].filter(
    ({ source }) => filters.length === 0 || filters.some((filter) => source.includes(filter)),
  )
}

function filesIn(folder, ending) {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith(ending))
    .sort()
}

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

/** The rules of docs/contributing.md that a machine can hold: who imports whom, and how large a file is. */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** Imports point down only. What a package may import of the house, and whether it may touch Node. */
const MAY_IMPORT: Readonly<
  Record<string, { readonly house: readonly string[]; readonly node: boolean }>
> = {
  'packages/protocol': { house: [], node: false },
  'packages/core': { house: ['protocol'], node: false },
  'packages/text-model': { house: ['protocol', 'core'], node: true },
  'packages/report-render': { house: ['protocol', 'core'], node: true },
  'packages/ops': { house: ['protocol'], node: true },
  'packages/accounts': { house: ['protocol', 'ops'], node: true },
  'packages/gemini': { house: ['protocol', 'core', 'ops'], node: true },
  'packages/store': { house: ['protocol', 'core', 'ops'], node: true },
  'packages/embedded-postgres': { house: ['ops'], node: true },
  'packages/testing': {
    house: ['protocol', 'core', 'store', 'ops', 'embedded-postgres'],
    node: true,
  },
  'packages/eval': { house: ['protocol', 'core', 'testing', 'text-model'], node: true },
  'packages/chaos': {
    house: ['protocol', 'core', 'store', 'ops', 'embedded-postgres', 'testing'],
    node: true,
  },
  'packages/web-client-check': { house: ['embedded-postgres', 'testing'], node: true },
  'apps/api': {
    house: [
      'protocol',
      'core',
      'store',
      'ops',
      'accounts',
      'text-model',
      'report-render',
      'gemini',
    ],
    node: true,
  },
  'apps/realtime': {
    house: ['protocol', 'core', 'store', 'ops', 'accounts', 'text-model', 'gemini'],
    node: true,
  },
  'apps/cli': {
    house: ['protocol', 'core', 'store', 'ops', 'testing', 'embedded-postgres'],
    node: true,
  },
}

const LINE_CEILING = 300

interface Source {
  readonly home: string
  readonly path: string
  readonly text: string
}

function listSources(): Source[] {
  return Object.keys(MAY_IMPORT).flatMap((home) =>
    readdirSync(join(ROOT, home, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const path = join(ROOT, home, 'src', name)
        return { home, path: relative(ROOT, path), text: readFileSync(path, 'utf8') }
      }),
  )
}

const SPECIFIER = /(?:from|import)\s*\(?\s*'([^']+)'/g

function importsOf(source: Source): string[] {
  return [...source.text.matchAll(SPECIFIER)].map((match) => match[1] ?? '')
}

const sources = listSources()

t.test('there are sources to hold the rules against', async (t) => {
  for (const home of Object.keys(MAY_IMPORT)) {
    t.ok(
      sources.some((source) => source.home === home),
      home,
    )
  }
})

t.test('imports point down only', async (t) => {
  for (const source of sources) {
    const allowed = MAY_IMPORT[source.home]?.house ?? []
    for (const specifier of importsOf(source)) {
      const house = /^@bemore\/([^/]+)(\/.*)?$/.exec(specifier)
      if (house === null) continue
      t.ok(allowed.includes(house[1] ?? ''), `${source.path} imports ${specifier}`)
      t.equal(house[2], undefined, `${source.path} reaches into ${specifier}`)
    }
  }
})

t.test('protocol and core know nothing of Node', async (t) => {
  for (const source of sources.filter(({ home }) => MAY_IMPORT[home]?.node === false)) {
    const foreign = importsOf(source).filter((specifier) => specifier.startsWith('node:'))
    t.same(foreign, [], source.path)
    t.notMatch(
      source.text,
      /\b(process\.(env|pid|exit|hrtime|memoryUsage)|Buffer\.(from|alloc|concat))\b/,
      `${source.path} uses a Node global`,
    )
  }
})

t.test('only the gemini package knows the library of Gemini', async (t) => {
  for (const source of sources.filter(({ home }) => home !== 'packages/gemini')) {
    const foreign = importsOf(source).filter((specifier) => specifier.startsWith('@google/'))
    t.same(foreign, [], source.path)
  }
})

t.test('only ops knows what the variables of the product are called', async (t) => {
  const reading = /process\.env\.[A-Z]|process\.env\[['"]/
  for (const source of sources.filter(({ home }) => home !== 'packages/ops')) {
    t.notMatch(source.text, reading, `${source.path} reads a variable by name`)
  }
})

t.test(`no file is longer than ${LINE_CEILING} lines`, async (t) => {
  for (const source of sources) {
    const lines = source.text.split('\n').length
    t.ok(lines <= LINE_CEILING, `${source.path}: ${lines} lines`)
  }
})

t.test('nothing is left to do without saying whose it is', async (t) => {
  for (const source of sources) {
    t.notMatch(source.text, /\b(TODO|FIXME|XXX|HACK)\b/, source.path)
  }
})

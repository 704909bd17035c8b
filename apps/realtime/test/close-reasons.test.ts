import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CLOSED_WITH } from '@bemore/protocol'
import t from 'tap'

/** What is written of close codes (docs/errors.md, asyncapi.json) against the places that close. */

const SOURCES = fileURLToPath(new URL('../../src/', import.meta.url))
const CLOSING = /closePeerWithError\(peer, '([A-Z_]+)', '([A-Za-z]+)'/g

t.test(
  'an error that ends a socket is written down with the close code it ends with',
  async (t) => {
    const closings = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(join(SOURCES, name), 'utf8').matchAll(CLOSING)])
    t.ok(closings.length > 5, `${closings.length} places`)
    const written: Readonly<Record<string, string>> = CLOSED_WITH
    for (const [, code = '', name] of closings) t.equal(written[code], name, code)
  },
)

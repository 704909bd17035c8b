import fc from 'fast-check'
import t from 'tap'
import { createLineSplitter } from '../src/up/line-splitter.js'

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = []
  const splitter = createLineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return lines
}

t.test('the same lines come out however the bytes were cut', async (t) => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''))
  fc.assert(
    fc.property(
      fc.array(line),
      fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
      (lines, sizes) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        const chunks: Uint8Array[] = []
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value
          chunks.push(bytes.subarray(at, at + size))
          at += size
        }
        return t.same(split(chunks), lines)
      },
    ),
    { numRuns: 50 },
  )
})

t.test('an unfinished line comes at the end, a carriage return goes', async (t) => {
  t.same(split([Buffer.from('one\r\ntwo')]), ['one', 'two'])
})

t.test('a line without end is handed on in pieces', async (t) => {
  const lines = split([Buffer.alloc(150_000, 'x')])
  t.same(
    lines.map(({ length }) => length),
    [65_536, 65_536, 18_928],
  )
})

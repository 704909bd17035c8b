import fc from 'fast-check'
import t from 'tap'
import { CSV_KINDS, foldReport, renderCsv } from '../../src/index.js'
import {
  endedAt,
  faceWindow,
  heard,
  logOf,
  said,
  seen,
  started,
  voiceWindow,
} from './session-logs.js'

fc.configureGlobal({ seed: 20_260_104 })

function tableOf(...texts: string[]) {
  const words = texts.map((text, i) => said(`utt_${i + 1}`, 1_000 + i, { text }))
  return renderCsv(foldReport(logOf(started, ...words, endedAt(10_000)), 'en')!, 'utterances')
}

/** RFC 4180, as a spreadsheet reads it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else isQuoted = false
    } else if (char === '"') isQuoted = true
    else if (char === ',') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (char === '\r' && text[i + 1] === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      rows.push([])
      i += 1
    } else cell += char
  }
  return rows.slice(0, -1)
}

t.test('each table has a header, and as many fields in every line', async (t) => {
  const log = logOf(
    started,
    seen(faceWindow(0, 'happy')),
    heard(voiceWindow(0)),
    heard(voiceWindow(1)),
    said('utt_1', 12_000, { text: 'one, "two"' }),
    endedAt(20_000),
  )
  const report = foldReport(log, 'en')!
  const lines: Record<string, number> = { vad: 3, emotion: 3, voice: 3, utterances: 2 }
  for (const kind of CSV_KINDS) {
    const rows = readCsv(renderCsv(report, kind))
    t.equal(rows.length, lines[kind], kind)
    t.ok(
      rows.every((row) => row.length === rows[0]!.length),
      kind,
    )
  }
  t.match(renderCsv(report, 'emotion').split('\r\n')[0], /,anxious,/)
  t.equal(renderCsv(report, 'vad').codePointAt(0), 'w'.codePointAt(0), 'no mark where all is ASCII')
})

t.test('words come back from a table as they were, but never as a formula', async (t) => {
  t.ok(tableOf('안녕').startsWith('\uFEFFtime,'))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n,"\' a한') }), (text) => {
        const found = readCsv(tableOf(text))[1]!.at(-1)!
        return (found === text || found === `'${text}`) && !/^\s*[=+\-@\t\r\n]/.test(found)
      }),
    ),
  )
  for (const text of ['=1+1', '+82', '-2', '@x', '\t=1', '  =1', '\r=1']) {
    t.equal(readCsv(tableOf(text))[1]!.at(-1), `'${text}`)
  }
})

t.test('a withheld utterance has a line without words', async (t) => {
  const log = logOf(started, said('utt_1', 1_000, { text: null }), endedAt(10_000))
  const [, row] = readCsv(renderCsv(foldReport(log, 'en')!, 'utterances'))
  t.same(row!.slice(-2), ['yes', ''])
})

import { inflateSync } from 'node:zlib'

/**
 * The text of a PDF as a reader that copies or searches it has it: glyph numbers, through the table of
 * each font that says which characters they are. It knows what our own files are made of and no more.
 */
export function extractText(pdf: Uint8Array): string {
  const objects = readObjects(Buffer.from(pdf).toString('latin1'))
  const tables = new Map<string, Map<string, string>>()
  for (const { body } of objects.values()) {
    for (const [, name = '', font = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.body ?? '')?.[1]
      const table = objects.get(unicode ?? '')?.stream
      if (table !== undefined) tables.set(name, readTable(table))
    }
  }
  return [...objects.values()]
    .flatMap(({ stream }) => (stream?.includes(' Tf') ? [readContent(stream, tables)] : []))
    .join('\n')
}

interface PdfObject {
  readonly body: string
  readonly stream: string | undefined
}

function readObjects(file: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>()
  for (const [, number = '', body = ''] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const start = body.indexOf('stream\n')
    const data = body.slice(start + 7, body.lastIndexOf('\nendstream'))
    const isPacked = start >= 0 && body.includes('/FlateDecode') && !body.includes('/Length1')
    const stream = isPacked
      ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
      : undefined
    objects.set(number, { body: start < 0 ? body : body.slice(0, start), stream })
  }
  return objects
}

/** `<0000> <0010> [<0020> <ac00> …]`: the characters of the glyphs from the first to the second. */
function readTable(stream: string): Map<string, string> {
  const table = new Map<string, string>()
  for (const [, from = '', list = ''] of stream.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    const first = Number.parseInt(from, 16)
    for (const [index, [, code = '']] of [...list.matchAll(/<(\w*)>/g)].entries()) {
      const units = (code.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))
      table.set((first + index).toString(16).padStart(4, '0'), String.fromCharCode(...units))
    }
  }
  return table
}

function readContent(stream: string, tables: ReadonlyMap<string, Map<string, string>>): string {
  let table = new Map<string, string>()
  const lines: string[] = []
  for (const [, font, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) table = tables.get(font) ?? new Map()
    if (shown === undefined) continue
    const glyphs = [...shown.matchAll(/<(\w*)>/g)].flatMap(
      ([, hex = '']) => hex.match(/.{4}/g) ?? [],
    )
    lines.push(glyphs.map((glyph) => table.get(glyph) ?? '').join(''))
  }
  return lines.join('\n')
}

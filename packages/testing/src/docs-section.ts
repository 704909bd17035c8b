import { readFile, writeFile } from 'node:fs/promises'

/** A page of docs around the place for figures, which a program writes; the words stay a person's. */
export interface DocsSection {
  /** @param text goes between the markers, on lines of its own */
  write(text: string): Promise<void>
}

/**
 * Reads `page` (a path) around `<!-- name:begin -->` and `<!-- name:end -->`.
 * @throws Error when it has no such place: better known before anything is measured
 */
export async function readDocsSection(page: string, name: string): Promise<DocsSection> {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`]
  const text = await readFile(page, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no ${begin} … ${end}`)
  const [before, after] = [text.slice(0, from + begin.length), text.slice(to)]
  return { write: (section) => writeFile(page, `${before}\n${section}\n${after}`) }
}

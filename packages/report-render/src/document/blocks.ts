import type { ReportLanguage } from '@bemore/core'
import type { HotlineCardView } from '@bemore/protocol'
import type { Drawing } from '../charts/drawing.js'
import { LIMITS } from '../limits.js'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Says how many rows were left out, and where they are. */
  readonly more: string | null
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone: 'plain' | 'lead' | 'quiet' }
  | { readonly kind: 'subtitle'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'facts'
      readonly items: readonly { readonly term: string; readonly value: string }[]
    }
  /** A chart, and the same as a table for those who do not see it. */
  | { readonly kind: 'chart'; readonly drawing: Drawing; readonly table: Table }
  | { readonly kind: 'quotes'; readonly items: readonly Quote[]; readonly more: string | null }
  /** Who can be called. */
  | { readonly kind: 'card'; readonly card: HotlineCardView }

export interface Quote {
  readonly when: string
  /** Null: the words are not kept, which `note` says. */
  readonly text: string | null
  readonly note: string
}

export interface Section {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** What the page and the PDF both say, in this order. All of its text is plain text, never markup. */
export interface ReportDocument {
  readonly language: ReportLanguage
  readonly title: string
  readonly subtitle: string
  /** That this is not a diagnosis. */
  readonly notice: string
  /** Of a session that has not ended. */
  readonly interim: string | null
  readonly asTable: string
  readonly sections: readonly Section[]
  pageOf(page: number, pages: number): string
  /** Unix ms, of the report and not of its rendering: the same report gives the same bytes. */
  readonly dated: number
}

export const say = (text: string, tone: 'plain' | 'lead' | 'quiet' = 'plain'): Block => ({
  ...{ kind: 'paragraph', text, tone },
})

/** The first so many, and what is said of the rest. */
export function cap<Item>(
  items: readonly Item[],
  limit: number,
  sayMore: (count: number) => string,
): { readonly kept: readonly Item[]; readonly more: string | null } {
  const left = items.length - limit
  return { kept: items.slice(0, limit), more: left > 0 ? sayMore(left) : null }
}

/** Somebody's words in one paragraph: a thousand empty lines would be pages of nothing. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const limit = LIMITS.quoteCharacters
  if (line.length <= limit) return line
  // Between the halves of a surrogate pair there is no character to end with.
  return `${line.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

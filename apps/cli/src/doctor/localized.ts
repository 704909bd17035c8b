import type { Language } from '@bemore/protocol'

/** A sentence in every language; which one is shown is the renderer's business. */
export type Localized = Readonly<Record<Language, string>>

export function localized(en: string, ko: string): Localized {
  return { en, ko }
}

/** What a machine said, the same in every language. */
export function verbatim(text: string): Localized {
  return { en: text, ko: text }
}

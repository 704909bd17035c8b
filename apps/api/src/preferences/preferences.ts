import type { StoredPreferences } from '@bemore/store'
import Type, { type Static } from 'typebox'

/**
 * What a person may set. The web client keeps whatever it is given and sends it back whole with every
 * change, so nothing but these ever goes out, whatever came in.
 */
export const PreferencesSchema = Type.Object(
  {
    fontScale: Type.Optional(Type.Enum(['sm', 'md', 'lg', 'xl'])),
    layoutDensity: Type.Optional(Type.Enum(['compact', 'spacious'])),
    language: Type.Optional(
      Type.Enum(['ko', 'en'], { description: 'Recommendations are written in it' }),
    ),
    notificationsOptIn: Type.Optional(Type.Boolean()),
  },
  {
    examples: [
      { fontScale: 'md', layoutDensity: 'spacious', language: 'ko', notificationsOptIn: false },
    ],
  },
)
export type Preferences = Static<typeof PreferencesSchema>

/** Drops what is not known. @returns null where nothing was ever set. */
export function pickPreferences(stored: StoredPreferences | null): Preferences | null {
  if (stored === null) return null
  const names = Object.keys(PreferencesSchema.properties).filter((name) =>
    Object.hasOwn(stored, name),
  )
  return Object.fromEntries(names.map((name) => [name, stored[name]]))
}

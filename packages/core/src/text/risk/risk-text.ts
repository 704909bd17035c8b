/**
 * A text as the risk screen reads it. People write around words that are deleted elsewhere: with spaces
 * or dots between the syllables, with invisible characters, in full width, or in single jamo.
 */

/** Bounds the work; an utterance is shorter by config, and a longer text is screened at both ends. */
const MOST_CHARS = 6_000

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g
const LATIN_LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '@': 'a',
  $: 's',
}

/** Lower case, one kind of apostrophe, single spaces: what English patterns read. */
export function plainText(text: string): string {
  const bounded =
    text.length <= MOST_CHARS
      ? text
      : `${text.slice(0, MOST_CHARS / 2)} ${text.slice(-MOST_CHARS / 2)}`
  return (
    bounded
      // Normalising would take the initials of the word apart.
      .replaceAll('ㅈㅅ', '자살')
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      .replace(APOSTROPHES, "'")
      .toLowerCase()
      .replace(/(?<=[a-z])[013@$](?=[a-z])/g, (sign) => LATIN_LOOKALIKES[sign] ?? sign)
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/** Letters and digits alone: what Korean patterns read. Spacing in Korean is a matter of taste. */
export function squeezeKorean(plain: string): string {
  return plain.replace(/[^\p{L}\p{N}]+/gu, '')
}

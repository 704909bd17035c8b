/**
 * A text as the risk screen reads it. People write around words that are deleted elsewhere: with spaces
 * or dots between the letters, with invisible characters, in full width, or in single jamo.
 */
import { composeJamo } from './jamo.js'

/** Longer texts are read in pieces that overlap, so that nothing is lost where they meet. */
const PIECE_CHARS = 4_000
const OVERLAP_CHARS = 300
/** More than any message can hold: what is behind it is not read. */
const MOST_CHARS = 200_000

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g
const LATIN_LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '@': 'a',
  $: 's',
}
/** Letters of other alphabets that look the same. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', с: 'c', р: 'p', у: 'y', х: 'x', і: 'i', ѕ: 's', ԁ: 'd', к: 'k' },
  ...{ ӏ: 'l', ո: 'n', α: 'a', ο: 'o', ι: 'i', κ: 'k', ε: 'e' },
}
/** Written without their apostrophe. */
const CONTRACTIONS: Readonly<Record<string, string>> = {
  ...{ dont: "don't", cant: "can't", wont: "won't", didnt: "didn't", doesnt: "doesn't" },
  ...{ wasnt: "wasn't", isnt: "isn't", arent: "aren't", wouldnt: "wouldn't", couldnt: "couldn't" },
  ...{ havent: "haven't", hasnt: "hasn't", shouldnt: "shouldn't", im: "i'm", ive: "i've" },
}
/** Single letters with something between them: s u i c i d e. */
const SPELT_OUT = /(?<![a-z'])[a-z](?:[ .*_-][a-z]){2,30}(?![a-z'])/g

/** The text in pieces that can each be read by itself. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  const end = Math.min(text.length, MOST_CHARS)
  for (let at = 0; at < end || at === 0; at += PIECE_CHARS - OVERLAP_CHARS) {
    pieces.push(text.slice(at, Math.min(end, at + PIECE_CHARS)))
    if (at + PIECE_CHARS >= end) break
  }
  return pieces
}

/** Lower case, one kind of apostrophe, single spaces: what English patterns read. */
export function plainText(text: string): string {
  return (
    composeJamo(text.replace(INVISIBLE, ''))
      // Normalising would take the initials of the word apart.
      .replaceAll('ㅈㅅ', '자살')
      .normalize('NFKC')
      .replace(APOSTROPHES, "'")
      .toLowerCase()
      .replace(/(?<=[a-z])[013@$](?=[a-z])/g, (sign) => LATIN_LOOKALIKES[sign] ?? sign)
      .replace(/[аеосрухіѕԁкӏոαοικε]/g, (letter) => LOOKALIKES[letter] ?? letter)
      .replace(/(?<=[a-z])!(?=[a-z])/g, 'i')
      .replace(/ 2 /g, ' to ')
      .replace(/\bid rather\b/g, "i'd rather")
      .replace(/\b[a-z]{2,8}\b/g, (word) => CONTRACTIONS[word] ?? word)
      .replace(SPELT_OUT, (letters) => letters.replace(/[^a-z]/g, ''))
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n+ ?/g, '\n')
      .trim()
  )
}

/** Letters alone: what Korean patterns read. Spacing in Korean is a matter of taste. */
export function squeezeKorean(plain: string): string {
  return plain.replace(/[^\p{L}]+/gu, '')
}

/** The letters of a text whose words are taken apart, else its words that may be several run together. */
export function squeezeEvasive(plain: string): string {
  const tokens = plain.split(/[^a-z']+/).filter(Boolean)
  const single = tokens.filter((token) => token.length === 1).length
  const isApart = single >= 4 || /[a-z]{1,6}[.*_-][a-z]{1,6}[.*_-][a-z]{1,6}/.test(plain)
  return isApart
    ? plain.replace(/[^a-z]+/g, '')
    : tokens.filter(({ length }) => length > 9).join(' ')
}

/** Letters typed one by one (ㅈㅜㄱㄱㅗ) as the syllables they are read as (죽고). */
const LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const TAILS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
const FIRST_SYLLABLE = 0xac00

const isIn = (letters: string, letter: string | undefined): letter is string =>
  letter !== undefined && letter !== ' ' && letters.includes(letter)

/** Composes what can be read as syllables; everything else stays. */
export function composeJamo(text: string): string {
  let composed = ''
  for (let i = 0; i < text.length; ) {
    const lead = text[i]
    const vowel = text[i + 1]
    if (!isIn(LEADS, lead) || !isIn(VOWELS, vowel)) {
      composed += lead
      i += 1
      continue
    }
    const tail = text[i + 2]
    // A consonant before a vowel begins the next syllable.
    const hasTail = isIn(TAILS, tail) && !isIn(VOWELS, text[i + 3])
    const code =
      (LEADS.indexOf(lead) * VOWELS.length + VOWELS.indexOf(vowel)) * TAILS.length +
      (hasTail ? TAILS.indexOf(tail) : 0)
    composed += String.fromCharCode(FIRST_SYLLABLE + code)
    i += hasTail ? 3 : 2
  }
  return composed
}

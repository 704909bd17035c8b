import type { ReportLanguage } from '@bemore/core'
import { ENGLISH } from './english-words.js'
import { KOREAN } from './korean-words.js'
import type { ReportWords } from './report-words.js'

const WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { en: ENGLISH, ko: KOREAN }

export function chooseWords(language: ReportLanguage): ReportWords {
  return WORDS[language]
}

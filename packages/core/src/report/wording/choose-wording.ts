import { ENGLISH } from './english-wording.js'
import { KOREAN } from './korean-wording.js'
import type { ReportLanguage, ReportWording } from './report-wording.js'

const WORDING: Readonly<Record<ReportLanguage, ReportWording>> = { en: ENGLISH, ko: KOREAN }

export function chooseWording(language: ReportLanguage): ReportWording {
  return WORDING[language]
}

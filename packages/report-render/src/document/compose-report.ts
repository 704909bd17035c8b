import type { ReportLanguage, SessionReport } from '@bemore/core'
import { listPauses } from '../charts/session-axis.js'
import { condense, type Stretch } from '../charts/stretches.js'
import { chooseWords } from '../wording/choose-words.js'
import { writeClock } from '../wording/figures.js'
import type { ReportWords } from '../wording/report-words.js'
import type { ReportDocument, Section } from './blocks.js'
import { composeCourse, composeEmotions } from './compose-affect.js'
import { composeBasis } from './compose-basis.js'
import { composeEarlier } from './compose-earlier.js'
import { composeNext, composeShort, composeSupport } from './compose-sentences.js'
import { composeVoice } from './compose-voice.js'
import { composeMoments, composePatterns, composeSaid } from './compose-words.js'

/** What a section is made of. */
export interface Material {
  readonly report: SessionReport
  readonly words: ReportWords
  readonly stretches: readonly Stretch[]
  readonly pauses: readonly { readonly from: number; readonly to: number }[]
}

type ComposeSection = (material: Material) => Section | null

const WHOLE: readonly ComposeSection[] = [
  ...[composeShort, composeCourse, composeEmotions, composeVoice, composeSaid, composePatterns],
  ...[composeMoments, composeEarlier, composeNext, composeBasis],
]

/** Where a life may be at risk a report is short, and says so: thinking patterns can wait. */
const SHORT: readonly ComposeSection[] = [
  ...[composeSupport, composeShort, composeCourse, composeSaid, composeNext, composeBasis],
]

/**
 * Puts a report in order for a reader. Who can be called comes first where a life may be at risk; what
 * is not known is said to be unknown, and a section without anything is one plain sentence.
 */
export function composeReport(report: SessionReport, language: ReportLanguage): ReportDocument {
  const words = chooseWords(language)
  const { durationMs, activeDurationMs, startedAt } = report
  const material: Material = {
    ...{ report, words },
    stretches: condense(report.timeline, durationMs),
    pauses: listPauses(report),
  }
  const compose = report.risk.flagged ? SHORT : WHOLE
  const sections = compose.map((composeSection) => composeSection(material))
  return {
    ...{ language, title: words.title, notice: report.notice, asTable: words.asTable },
    subtitle: `${words.date(startedAt)} · ${words.lasted(writeClock(durationMs), writeClock(activeDurationMs))}`,
    interim: report.interim ? words.interim : null,
    sections: sections.filter((section) => section !== null),
    pageOf: words.page,
    dated: Date.parse(report.endedAt ?? startedAt),
  }
}

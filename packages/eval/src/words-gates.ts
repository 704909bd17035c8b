/**
 * Crisis screen and distortions. The statements are by the hand that wrote the patterns, though not
 * used in writing them: they show that nothing is broken, and little of how it does outside.
 */
import { rankDistortions, SHOWN_FROM, screenRisk } from '@bemore/core'
import { type Gate, least, most } from '@bemore/testing'
import { readKoteTexts } from '@bemore/text-model'
import { ENGLISH_STATEMENTS, KOREAN_STATEMENTS, type Labelled } from './distortion-statements.js'
import { ENGLISH_AT_RISK, ENGLISH_NOT_AT_RISK } from './english-risk-statements.js'
import { KOREAN_AT_RISK, KOREAN_NOT_AT_RISK } from './korean-risk-statements.js'

export function measureRiskGates(): Gate[] {
  const share = (texts: readonly string[]): number =>
    texts.filter((text) => screenRisk(text) !== null).length / texts.length
  return [
    most('KOTE, all 10,000 comments: share flagged', share(readKoteTexts()), 0.002),
    least('statements of risk, Korean: recall', share(KOREAN_AT_RISK), 0.95),
    least('statements of risk, English: recall', share(ENGLISH_AT_RISK), 0.95),
    most('what only sounds like it, Korean: share flagged', share(KOREAN_NOT_AT_RISK), 0.05),
    most('what only sounds like it, English: share flagged', share(ENGLISH_NOT_AT_RISK), 0.05),
  ]
}

export function measureDistortionGates(): Gate[] {
  return [
    ...gatesOf('Korean', 'ko', KOREAN_STATEMENTS, 0.6),
    ...gatesOf('English', 'en', ENGLISH_STATEMENTS, 0.26),
  ]
}

function gatesOf(
  name: string,
  language: 'ko' | 'en',
  statements: readonly Labelled[],
  typeAccuracy: number,
): Gate[] {
  const ranked = statements.map(([type, text]) => ({
    type,
    best: rankDistortions(text, language)[0],
  }))
  const distorted = ranked.filter(({ type }) => type !== null)
  const right = distorted.filter(({ type, best }) => best?.type === type && best.score > 0)
  const shown = ranked.filter(({ best }) => (best?.score ?? 0) >= SHOWN_FROM)
  const shownRight = shown.filter(({ type, best }) => best?.type === type)
  return [
    least(`distortions, ${name}: presence, macro-F1`, presenceF1(ranked), 0.67),
    least(`distortions, ${name}: type accuracy`, right.length / distorted.length, typeAccuracy),
    least(
      `distortions, ${name}: precision of what is shown`,
      shownRight.length / shown.length,
      0.8,
    ),
  ]
}

function presenceF1(
  ranked: readonly {
    readonly type: string | null
    readonly best: { readonly score: number } | undefined
  }[],
): number {
  const f1 = (wanted: boolean): number => {
    const is = ranked.filter(({ type }) => (type !== null) === wanted)
    const said = ranked.filter(({ best }) => (best?.score ?? 0) > PRESENT_FROM === wanted)
    const both = is.filter((each) => said.includes(each)).length
    return (2 * both) / (is.length + said.length)
  }
  return (f1(true) + f1(false)) / 2
}

/** Something is there from half the score on that is shown. */
const PRESENT_FROM = 0.4

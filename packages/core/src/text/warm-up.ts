import { findDistortions } from './distortions/find-distortions.js'
import type { TextEmotionModel } from './emotion-model.js'
import { screenRisk } from './risk/screen-risk.js'

const TEXTS = [
  [
    'ko',
    '오늘은 회사에서 발표를 했는데 생각보다 잘 안 돼서 속상했어요. 그래도 집에 와서 산책을 했어요.',
  ],
  [
    'en',
    'I gave a talk at work today and it did not go as well as I had hoped, so I went for a walk.',
  ],
] as const
/** Enough for the engine to compile what is used at every utterance. */
const ROUNDS = 30

/**
 * Reads a few sentences before anybody has said one: the patterns are compiled when they are first
 * used, which takes a tenth of a second that would be everybody's.
 */
export function warmUpWords(model: Pick<TextEmotionModel, 'estimate'>): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [language, text] of TEXTS) {
      screenRisk(text)
      findDistortions(text, language)
      model.estimate(text, language)
    }
  }
}

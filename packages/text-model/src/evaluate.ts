/** How good the model is, on the halves of the corpora it was not trained on. */
import type { TextEmotionModel } from '@bemore/core'
import { EMOTIONS } from '@bemore/protocol'
import { type Comment, type Corpus, readGoEmotions, readKote } from './corpus.js'

export interface TextGate {
  readonly name: string
  readonly value: number
  readonly threshold: number
  readonly limit: 'least'
  readonly pass: boolean
}

export interface TextFigures {
  /** By label of EMOTIONS. */
  readonly auc: readonly number[]
  readonly macroAuc: number
  /** Of comments with pleasant labels only, or unpleasant ones only. */
  readonly polarityAccuracy: number
  readonly polarityAuc: number
  /** Of comments with one label, how often the likeliest is it. */
  readonly singleLabelAccuracy: number
}

export function measureFigures(model: TextEmotionModel, { language, test }: Corpus): TextFigures {
  const scored = test.map((comment) => ({ comment, logits: model.logits(comment.text, language) }))
  const logit = (row: (typeof scored)[number], output: number) => row.logits?.[output] ?? 0
  const auc = EMOTIONS.map((_, label) =>
    areaUnderCurve(scored.map((row) => [logit(row, label), row.comment.labels[label] === true])),
  )
  const polar = scored.filter(({ comment }) => comment.isPleasant !== null)
  const single = test.filter(({ labels }) => labels.filter(Boolean).length === 1)
  const right = single.filter((comment) => isRight(model, comment, language))
  return {
    auc,
    macroAuc: auc.reduce((sum, each) => sum + each, 0) / auc.length,
    polarityAccuracy:
      polar.filter((row) => logit(row, EMOTIONS.length) > 0 === row.comment.isPleasant).length /
      polar.length,
    polarityAuc: areaUnderCurve(
      polar.map((row) => [logit(row, EMOTIONS.length), row.comment.isPleasant === true]),
    ),
    singleLabelAccuracy: right.length / single.length,
  }
}

/** emotion-engine.md §6. */
export function measureTextGates(model: TextEmotionModel): TextGate[] {
  const korean = measureFigures(model, readKote())
  const english = measureFigures(model, readGoEmotions())
  const gate = (name: string, value: number, threshold: number): TextGate => ({
    ...{ name, value, threshold, limit: 'least', pass: value >= threshold },
  })
  return [
    gate('KOTE, macro-AUC over 8 labels', korean.macroAuc, 0.77),
    gate('KOTE, pleasant or unpleasant, accuracy', korean.polarityAccuracy, 0.85),
    gate('GoEmotions, macro-AUC over our 8 labels', english.macroAuc, 0.86),
  ]
}

function isRight(model: TextEmotionModel, { text, labels }: Comment, language: 'ko' | 'en') {
  const { label } = model.estimate(text, language)
  return label !== 'unknown' && labels[EMOTIONS.indexOf(label)] === true
}

/** The chance that something of the class is scored above something that is not (ties count half). */
function areaUnderCurve(scored: readonly (readonly [score: number, is: boolean])[]): number {
  const sorted = [...scored].sort(([a], [b]) => a - b)
  let [rankSum, positives] = [0, 0]
  for (let i = 0; i < sorted.length; ) {
    let end = i
    while (end < sorted.length && sorted[end]?.[0] === sorted[i]?.[0]) end++
    const rank = (i + 1 + end) / 2
    for (; i < end; i++) {
      if (sorted[i]?.[1] !== true) continue
      rankSum += rank
      positives += 1
    }
  }
  const negatives = sorted.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** From a corpus to a part of the model file. */
import { countFeatures, type ModelPart, OUTPUTS, POLARITY } from '@bemore/core'
import { EMOTIONS } from '@bemore/protocol'
import type { Comment, Corpus } from './corpus.js'
import { fitPlatt, type LinearModel, trainLogistic } from './logistic.js'
import { createSparseMatrix, type SparseMatrix, type SparseRow } from './sparse-matrix.js'

export interface TrainOptions {
  /** Comments an n-gram has to be in. */
  readonly leastComments: number
  /** N-grams that are kept. */
  readonly features: number
  readonly penalty: number
  readonly rounds: number
}

export const TRAIN_OPTIONS: Readonly<Record<Corpus['language'], TrainOptions>> = {
  ko: { leastComments: 3, features: 20_000, penalty: 2e-4, rounds: 150 },
  en: { leastComments: 3, features: 14_000, penalty: 1.5e-5, rounds: 200 },
}

/** Every fifth comment is held back to calibrate on. */
const HELD_BACK = 5
const INT8 = 127

export function trainPart(corpus: Corpus, options: TrainOptions): ModelPart {
  const { language, train } = corpus
  const counts = train.map(({ text }) => countFeatures(text, language))
  const everything = vocabularyOf(counts, options.leastComments)
  const first = trainOutputs(matrixOf(counts, everything), train, options, () => 1)
  const vocabulary = strongest(everything, first, options.features)
  const matrix = matrixOf(counts, vocabulary)

  const isHeldBack = (row: number) => row % HELD_BACK === 0
  const rehearsal = trainOutputs(matrix, train, options, (row) => (isHeldBack(row) ? 0 : 1))
  const calibration = rehearsal.map((model, output) => {
    const rows = train.flatMap((comment, row) =>
      isHeldBack(row) && targetOf(comment, output) !== null ? [row] : [],
    )
    return fitPlatt(
      rows.map((row) => scoreOf(matrix, row, model)),
      rows.map((row) => targetOf(train[row] as Comment, output) === true),
    )
  })
  const models = trainOutputs(matrix, train, options, () => 1)
  return quantise(language, vocabulary, models, calibration, train)
}

interface Vocabulary {
  /** Ascending. */
  readonly hashes: readonly number[]
  readonly idf: readonly number[]
}

function vocabularyOf(
  counts: readonly ReadonlyMap<number, number>[],
  leastComments: number,
): Vocabulary {
  const comments = new Map<number, number>()
  for (const features of counts) {
    for (const hash of features.keys()) comments.set(hash, (comments.get(hash) ?? 0) + 1)
  }
  const kept = [...comments].filter(([, count]) => count >= leastComments)
  kept.sort(([a], [b]) => a - b)
  return {
    hashes: kept.map(([hash]) => hash),
    // Rounded as it will be stored, so that what is trained is what is shipped.
    idf: kept.map(([, count]) => Math.fround(Math.log((1 + counts.length) / (1 + count)) + 1)),
  }
}

function matrixOf(
  counts: readonly ReadonlyMap<number, number>[],
  { hashes, idf }: Vocabulary,
): SparseMatrix {
  const columnOf = new Map(hashes.map((hash, column) => [hash, column]))
  const rows = counts.map((features): SparseRow => {
    const row = [...features].flatMap(([hash, count]): [number, number][] => {
      const column = columnOf.get(hash)
      return column === undefined ? [] : [[column, (1 + Math.log(count)) * (idf[column] as number)]]
    })
    const norm = Math.sqrt(row.reduce((sum, [, value]) => sum + value * value, 0))
    return row.map(([column, value]) => [column, value / norm])
  })
  return createSparseMatrix(rows, hashes.length)
}

/** null: the comment says nothing about this output. */
function targetOf(comment: Comment, output: number): boolean | null {
  return output === POLARITY ? comment.isPleasant : (comment.labels[output] as boolean)
}

function trainOutputs(
  matrix: SparseMatrix,
  train: readonly Comment[],
  { penalty, rounds }: TrainOptions,
  weightOf: (row: number) => number,
): LinearModel[] {
  return Array.from({ length: OUTPUTS }, (_, output) => {
    const targets = train.map((comment) => targetOf(comment, output))
    return trainLogistic(
      matrix,
      targets.map((target) => target === true),
      targets.map((target, row) => (target === null ? 0 : weightOf(row))),
      penalty,
      rounds,
    )
  })
}

/** The n-grams that tell most, over all outputs. */
function strongest(
  { hashes, idf }: Vocabulary,
  models: readonly LinearModel[],
  most: number,
): Vocabulary {
  const strength = hashes.map((_, column) =>
    models.reduce((sum, { weights }) => sum + (weights[column] as number) ** 2, 0),
  )
  const kept = hashes
    .map((_, column) => column)
    .sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b)
  return {
    hashes: kept.map((column) => hashes[column] as number),
    idf: kept.map((column) => idf[column] as number),
  }
}

function scoreOf({ starts, indices, values }: SparseMatrix, row: number, model: LinearModel) {
  let score = model.bias
  for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) {
    score += (values[i] as number) * (model.weights[indices[i] as number] as number)
  }
  return score
}

function quantise(
  language: ModelPart['language'],
  { hashes, idf }: Vocabulary,
  models: readonly LinearModel[],
  calibration: readonly { readonly slope: number; readonly offset: number }[],
  train: readonly Comment[],
): ModelPart {
  const scale = models.map(({ weights }) =>
    Math.fround(weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / INT8),
  )
  const quantised = new Int8Array(hashes.length * OUTPUTS)
  models.forEach(({ weights }, output) => {
    weights.forEach((weight, column) => {
      quantised[column * OUTPUTS + output] = Math.round(weight / (scale[output] as number))
    })
  })
  return {
    language,
    hashes: Uint32Array.from(hashes),
    idf: Float32Array.from(idf),
    weights: quantised,
    scale: Float32Array.from(scale),
    bias: Float32Array.from(models, ({ bias }) => bias),
    slope: Float32Array.from(calibration, ({ slope }) => slope),
    offset: Float32Array.from(calibration, ({ offset }) => offset),
    prior: Float32Array.from({ length: OUTPUTS }, (_, output) => priorOf(train, output)),
  }
}

function priorOf(train: readonly Comment[], output: number): number {
  const targets = train.map((comment) => targetOf(comment, output)).filter((t) => t !== null)
  const share = targets.filter(Boolean).length / targets.length
  return Math.log(share / (1 - share))
}

export const OUTPUT_NAMES: readonly string[] = [...EMOTIONS, 'polarity']

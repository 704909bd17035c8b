/** `npm run train:text`: makes the model file, or with `--check` tells whether it would come out the same. */
import { readFileSync, writeFileSync } from 'node:fs'
import { writeModelFile } from '@bemore/core'
import { readGoEmotions, readKote } from './corpus.js'
import { MODEL_FILE } from './load-text-model.js'
import { TRAIN_OPTIONS, trainPart } from './train.js'

/** @returns the exit code. */
export function trainMain(args: readonly string[]): number {
  const started = performance.now()
  const parts = [readKote(), readGoEmotions()].map((corpus) => {
    const part = trainPart(corpus, TRAIN_OPTIONS[corpus.language])
    console.log(
      `${corpus.language}: ${corpus.train.length} comments, ${part.hashes.length} n-grams`,
    )
    return part
  })
  const bytes = writeModelFile(parts)
  console.log(`${bytes.length} bytes in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  if (!args.includes('--check')) {
    writeFileSync(MODEL_FILE, bytes)
    return 0
  }
  const isSame = Buffer.compare(readFileSync(MODEL_FILE), bytes) === 0
  console.log(
    isSame ? 'the same as the file that is shipped' : 'differs from the file that is shipped',
  )
  return isSame ? 0 : 1
}

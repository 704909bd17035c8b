import { readFileSync } from 'node:fs'
import { readTextModel, type TextEmotionModel } from '@bemore/core'

export const MODEL_FILE = new URL('../../model/emotion.bin', import.meta.url)

/**
 * The model that is shipped with this release. Read it once, at the start.
 * @throws TextModelError where the file is damaged; the error of the file system where it is missing.
 */
export function loadTextModel(): TextEmotionModel {
  return readTextModel(readFileSync(MODEL_FILE))
}

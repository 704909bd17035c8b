export { readKoteTexts } from './corpus.js'
export { type Gate, isPassed, measureTextGates } from './evaluate.js'
export { loadTextModel } from './load-text-model.js'

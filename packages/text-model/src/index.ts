export { readKoteTexts } from './corpus.js'
export { measureTextGates, type TextGate } from './evaluate.js'
export { loadTextModel } from './load-text-model.js'

/** What making a model needs to know of how it is read. */
export { type ModelPart, OUTPUTS, POLARITY, writeModelFile } from './text/model-file.js'
export { countFeatures } from './text/text-features.js'

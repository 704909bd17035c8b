// `npm run eval:text`: the gates of the text model, on what it was not trained on.
import { bootstrapOrExit } from './bootstrap.mjs'

await bootstrapOrExit()
// Compiled by the line above: it does not exist any earlier.
const { evalTextMain } = await import('../packages/text-model/dist/src/eval-main.js')
process.exitCode = evalTextMain()

/** `npm run eval:text` */
import { isPassed, measureTextGates } from './evaluate.js'
import { loadTextModel } from './load-text-model.js'

/** @returns the exit code: 1 where a gate is not passed. */
export function evalTextMain(): number {
  const gates = measureTextGates(loadTextModel())
  for (const gate of gates) {
    const { name, value, threshold, atLeast } = gate
    const verdict = isPassed(gate) ? '✓' : '✗'
    console.log(
      `${verdict} ${name}: ${value.toFixed(4)} (${atLeast ? 'at least' : 'at most'} ${threshold})`,
    )
  }
  return gates.every(isPassed) ? 0 : 1
}

/** `npm run eval:text` */
import { measureTextGates } from './evaluate.js'
import { loadTextModel } from './load-text-model.js'

/** @returns the exit code: 1 where a gate is not passed. */
export function evalTextMain(): number {
  const gates = measureTextGates(loadTextModel())
  for (const { name, value, threshold, pass } of gates) {
    console.log(`${pass ? '✓' : '✗'} ${name}: ${value.toFixed(4)} (≥ ${threshold})`)
  }
  return gates.every(({ pass }) => pass) ? 0 : 1
}

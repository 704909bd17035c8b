import type { Gate } from '@bemore/testing'
import { measureVoiceGates } from '@bemore/testing'
import { loadTextModel, measureTextGates } from '@bemore/text-model'
import { measureFaceGates } from './face-gates.js'
import { measureDistortionGates, measureRiskGates } from './words-gates.js'

export interface GateGroup {
  readonly name: string
  readonly gates: readonly Gate[]
}

/** Every gate of the design (emotion-engine.md §6) that this repository can run. Takes half a minute. */
export function measureAllGates(): GateGroup[] {
  return [
    { name: 'Face', gates: measureFaceGates() },
    { name: 'Voice (synthetic: kinder than people)', gates: measureVoiceGates() },
    { name: 'Text (test halves of the corpora)', gates: measureTextGates(loadTextModel()) },
    { name: 'Crisis', gates: measureRiskGates() },
    { name: 'Distortions (statements by hand)', gates: measureDistortionGates() },
  ]
}

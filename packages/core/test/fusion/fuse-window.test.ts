import { EMOTIONS } from '@bemore/protocol'
import t from 'tap'
import { fuseWindow, type SpokenWords, textOf } from '../../src/fusion/fuse-window.js'
import type { TextEmotion } from '../../src/session/text-events.js'

const ENDS_AT = 1_700_000_000_000

const emotion = (label: 'sad' | 'happy', confidence: number): TextEmotion => ({
  label,
  probabilities: EMOTIONS.map((other) => (other === label ? 0.86 : 0.02)),
  valence: label === 'sad' ? -0.6 : 0.7,
  arousal: 0,
  dominance: 0,
  confidence,
})
const said = (agoMs: number, label: 'sad' | 'happy', confidence = 0.8): SpokenWords => ({
  at: ENDS_AT - agoMs,
  emotion: emotion(label, confidence),
})

t.test('a window in which nothing was seen or heard is unknown', async (t) => {
  const fused = fuseWindow(null, null, [], ENDS_AT)
  t.equal(fused.label, 'unknown')
  t.equal(fused.valence, null)
  t.same(fused.sources, [])
})

t.test('words of the window are what it rests on', async (t) => {
  const fused = fuseWindow(null, null, [said(1_000, 'sad')], ENDS_AT)
  t.equal(fused.label, 'sad')
  t.same(fused.sources, ['text'])
})

t.test('words said after the window, or a minute before it, are not looked at', async (t) => {
  t.equal(textOf([said(-1, 'sad')], ENDS_AT), null)
  t.equal(textOf([said(60_001, 'sad')], ENDS_AT), null)
  t.equal(textOf([said(60_000, 'sad')], ENDS_AT)?.ageMs, 60_000)
})

t.test('of several utterances the one that weighs most counts', async (t) => {
  const sureAndEarlier = [said(5_000, 'sad', 0.9), said(1_000, 'happy', 0.3)]
  t.equal(textOf(sureAndEarlier, ENDS_AT)?.ageMs, 5_000)
  const asSure = [said(5_000, 'sad'), said(1_000, 'happy')]
  t.equal(textOf(asSure, ENDS_AT)?.ageMs, 1_000)
})

t.test('words whose emotion is not known say nothing', async (t) => {
  const unknown: TextEmotion = {
    ...{ label: 'unknown', probabilities: null, valence: null, arousal: null, dominance: null },
    confidence: 0,
  }
  t.equal(textOf([{ at: ENDS_AT, emotion: unknown }], ENDS_AT), null)
})

import { MODALITIES, type Modality } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import {
  type ConsentPolicy,
  consentRefusal,
  createEvent,
  decideConsent,
  decideInitialConsent,
  foldConsent,
  isChannelAllowed,
  type NewSessionEvent,
  type SessionEvent,
  selectConsentedEvents,
} from '../src/index.js'

const POLICY: ConsentPolicy = {
  consentDefault: 'assumed',
  deploymentContext: 'counselling',
  consentNoticeVersion: '2',
}
const REQUIRED: ConsentPolicy = { ...POLICY, consentDefault: 'required' }

const logged = (events: readonly NewSessionEvent[]): SessionEvent[] =>
  events.map((event, i) => ({ ...event, sessionId: 's', seq: i + 1 }))

const baselineAt = (at: number) => createEvent('baseline.set', at, { baseline: {} as never })

t.test('a client that says nothing falls under the default, and that is recorded as one', (t) => {
  const assumed = decideInitialConsent({}, {}, POLICY, 1)
  t.same(
    assumed.map(({ data }) => data),
    MODALITIES.map((modality) => {
      return { modality, decision: 'assumed', noticeVersion: '2', source: 'default' }
    }),
  )
  t.same(decideInitialConsent(foldConsent(logged(assumed)), {}, POLICY, 2), [], 'once')
  t.same(decideInitialConsent({}, {}, REQUIRED, 1), [])
  t.equal(consentRefusal({}, 'face', REQUIRED), 'CONSENT_REQUIRED')
  t.equal(
    consentRefusal(foldConsent(logged(assumed)), 'face', REQUIRED),
    'CONSENT_REQUIRED',
    'an assumption does not outlive the policy that made it',
  )
  t.end()
})

t.test('at work and at school neither face nor voice is read, whatever was agreed to', (t) => {
  for (const deploymentContext of ['workplace', 'education'] as const) {
    const policy = { ...POLICY, deploymentContext }
    const all = { face: true, voice: true, text: true }
    const consent = foldConsent(logged(decideConsent({}, all, policy, 1)))
    t.equal(consentRefusal(consent, 'face', policy), 'CONTEXT_FORBIDS')
    t.equal(consentRefusal(consent, 'voice', policy), 'CONTEXT_FORBIDS')
    t.ok(isChannelAllowed(consent, 'text', policy))
  }
  t.end()
})

t.test('the last word counts, repeating it changes nothing', (t) => {
  const word = fc.record({ modality: fc.constantFrom(...MODALITIES), yes: fc.boolean() })
  const holds = fc.check(
    fc.property(fc.array(word, { maxLength: 12 }), fc.boolean(), (words, isRequired) => {
      const policy = isRequired ? REQUIRED : POLICY
      const last = new Map<Modality, boolean>()
      const events: NewSessionEvent[] = []
      for (const [i, { modality, yes }] of words.entries()) {
        const said = { [modality]: yes }
        events.push(...decideConsent(foldConsent(logged(events)), said, policy, i))
        if (decideConsent(foldConsent(logged(events)), said, policy, i).length > 0) return false
        last.set(modality, yes)
      }
      const consent = foldConsent(logged(events))
      return MODALITIES.every(
        (modality) =>
          isChannelAllowed(consent, modality, policy) === (last.get(modality) ?? !isRequired),
      )
    }),
  )
  t.equal(holds.failed, false, JSON.stringify(holds.counterexample))
  t.end()
})

t.test('a fold leaves out what was read before a withdrawal, also when it comes late', (t) => {
  const no = decideConsent({}, { face: false }, POLICY, 10)
  const before = logged([baselineAt(5), ...no, baselineAt(9)])
  t.same(
    selectConsentedEvents(before).map(({ type }) => type),
    ['consent.recorded'],
  )
  const yes = decideConsent(foldConsent(before), { face: true }, POLICY, 20)
  const after = logged([baselineAt(5), ...no, ...yes, baselineAt(9), baselineAt(25)])
  t.same(
    selectConsentedEvents(after).map(({ at }) => at),
    [10, 20, 25],
  )
  t.end()
})

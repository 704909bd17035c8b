import t from 'tap'
import { phaseAt, planDemo } from '../src/demo/demo-plan.js'

t.test('the portrait is shown for the first third, then expressions, without a gap', async (t) => {
  const plan = planDemo(45)
  t.same(
    plan.phases.map(({ face }) => face),
    ['portrait', 'neutral', 'happy', 'happy', 'happy', 'sad', 'surprised'],
  )
  t.equal(plan.phases[0]?.toMs, 15_000)
  plan.phases.forEach(({ toMs }, at) => {
    t.equal(toMs, plan.phases[at + 1]?.fromMs ?? plan.totalMs)
  })
  t.same([plan.pauseAtMs, plan.resumeAtMs], [30_000, 32_000])
})

t.test('every moment has a phase, the first and the last included', async (t) => {
  const plan = planDemo(30)
  t.equal(phaseAt(plan, 0).face, 'portrait')
  t.equal(phaseAt(plan, 9_999).face, 'portrait')
  t.equal(phaseAt(plan, 10_000).face, 'neutral')
  t.equal(phaseAt(plan, 31_000).face, 'surprised')
})

t.test('a short demo still resumes before it ends', async (t) => {
  const plan = planDemo(6)
  t.ok(plan.resumeAtMs > plan.pauseAtMs && plan.resumeAtMs < plan.totalMs)
})

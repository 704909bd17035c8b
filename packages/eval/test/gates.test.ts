import t from 'tap'
import { TIMED } from '../src/eval-main.js'
import { measureAllGates } from '../src/measure-all-gates.js'

t.test('every gate that can be run here is passed', async (t) => {
  for (const { name, gates } of measureAllGates()) {
    for (const gate of gates) {
      if (TIMED.test(gate.name)) continue
      t.ok(gate.pass, `${name}, ${gate.name}: ${gate.value} (${gate.limit} ${gate.threshold})`)
    }
  }
})

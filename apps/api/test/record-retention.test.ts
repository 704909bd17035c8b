import { createLogger } from '@bemore/ops'
import t from 'tap'
import { createRecordRetention } from '../src/background/record-retention.js'
import { createRig } from './rig.js'

const DAY = 24 * 3_600_000

t.test('incidents and the audit log are kept for their days', async (t) => {
  const env = { INCIDENT_RETENTION_DAYS: '10', AUDIT_RETENTION_DAYS: '20' }
  const { store, config } = await createRig(t, { env })
  const began = Date.now()
  const self = { id: 'api-1', kind: 'api', version: '1.2.3', commit: 'abc' } as const
  await store.processes.heartbeat({ id: 'api-1', kind: 'api', info: {} })
  await store.incidents.record(self, [
    { code: 'LOOP_SLOW', detail: '', beganAt: began, end: { at: began + 1, by: 'recovery' } },
    { code: 'BUS_LOST', detail: '', beganAt: began, end: null },
  ])
  await store.audit.record({
    ...{ actor: 'admin', action: 'process.drain', subject: 'p', outcome: 'ok', requestId: null },
  })
  const log = createLogger({ name: 'api', level: 'silent' })
  const after = async (days: number) => {
    const now = () => began + days * DAY
    await createRecordRetention({ store, config, log, now }).run()
    const incidents = await store.incidents.list({ staleMs: config.staleMs, limit: 10 })
    const audit = await store.audit.list({ limit: 10 })
    return [incidents.map(({ code }) => code).sort(), audit.length]
  }
  t.strictSame(await after(9), [['BUS_LOST', 'LOOP_SLOW'], 1])
  t.strictSame(await after(11), [['BUS_LOST'], 1], 'what lasts is kept')
  t.strictSame(await after(21), [['BUS_LOST'], 0])
})

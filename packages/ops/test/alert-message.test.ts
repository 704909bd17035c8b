import t from 'tap'
import { type Alert, alertFormatFor, describeDuration, renderAlert } from '../src/index.js'

const ALERT: Alert = {
  event: 'problem',
  code: 'DATABASE_UNREACHABLE',
  detail: 'connect ECONNREFUSED <db> & more',
  since: 1_700_000_000_000,
  at: 1_700_000_010_000,
  durationMs: 10_000,
}
const SOURCE = { process: 'api', instance: 'a1', url: 'https://x.example', version: '1.2.3' }
const read = (...of: Parameters<typeof renderAlert>) => JSON.parse(renderAlert(...of))

t.test('generic JSON says what, since when, whose, and what to do', async (t) => {
  t.match(read('json', ALERT, SOURCE, 'en'), {
    event: 'problem',
    cause: 'DATABASE_UNREACHABLE',
    what: 'The database cannot be reached.',
    remedy: /Is PostgreSQL up/,
    since: '2023-11-14T22:13:20.000Z',
    durationMs: 10_000,
    process: 'api',
    url: 'https://x.example',
    version: '1.2.3',
  })
})

t.test('the text of a Slack message is whole in itself, in both languages', async (t) => {
  const english = read('slack', ALERT, SOURCE, 'en')
  t.match(english.text, /^\*Problem: DATABASE_UNREACHABLE\* \(api https:\/\/x\.example\)/)
  t.match(english.text, /cannot be reached[\s\S]*for 10 s\nWhat to do: Is PostgreSQL up/)
  t.equal(english.attachments[0].text, 'connect ECONNREFUSED &lt;db&gt; &amp; more')
  const korean = read('slack', { ...ALERT, event: 'recovered' }, SOURCE, 'ko')
  t.match(korean.text, /^\*복구됨: DATABASE_UNREACHABLE\*[\s\S]*지속 시간 10초$/)
})

t.test('Slack is known by its host, and by nothing that only looks like it', async (t) => {
  t.equal(alertFormatFor('auto', 'https://hooks.slack.com/services/T/B/x'), 'slack')
  t.equal(alertFormatFor('auto', 'https://hooks.slack.com.example/x'), 'json')
  t.equal(alertFormatFor('slack', 'https://chat.example/hooks/x'), 'slack')
})

t.test('a duration is said in its two largest units', async (t) => {
  const said = [400, 59_999, 60_000, 200_000, 3_605_000, 90_000_000].map((ms) =>
    describeDuration(ms, 'en'),
  )
  t.same(said, ['0 s', '59 s', '1 min', '3 min 20 s', '1 h', '1 d 1 h'])
  t.equal(describeDuration(200_000, 'ko'), '3분 20초')
})

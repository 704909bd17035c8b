import assert from 'node:assert/strict'
import type { Step } from '../walk.js'

const HEADERS = ['authorization', 'x-client-version', 'x-device-id', 'x-request-id', 'x-timestamp']

const quiet: Step = {
  name: 'nothing was said in the console, no policy was violated and no other call failed',
  async run({ watched }) {
    assert.deepEqual(watched.problems, [])
    assert.deepEqual(watched.failures, [])
  },
}

const preflights: Step = {
  name: 'preflights were allowed and kept by the browser; one origin needs none',
  async run({ site, watched }) {
    const { preflights } = watched
    if (site.place === 'same-origin') {
      assert.deepEqual(preflights, [])
      return
    }
    assert.ok(preflights.length > 0)
    for (const { url, method, status, headers } of preflights) {
      const what = `${method} ${url}`
      assert.ok(status !== null && status >= 200 && status < 300, `${what}: ${status}`)
      assert.ok(Number(headers['access-control-max-age']) >= 600, what)
      assert.equal(headers['access-control-allow-origin'], site.origin, what)
      const allowed = headers['access-control-allow-headers'] ?? ''
      for (const name of HEADERS) assert.ok(allowed.includes(name), `${what}: ${name}`)
    }
    const asked = preflights.map(({ method, url }) => `${method} ${url}`)
    assert.deepEqual(asked.length, new Set(asked).size, `asked again: ${asked.join('\n')}`)
  },
}

export const CLOSING = [quiet, preflights]

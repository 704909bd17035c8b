import t from 'tap'
import { binaryFrameKind } from '../src/frame-header.js'
import { FRAME_PROBLEMS } from '../src/frame-problem.js'

t.test('two bytes tell which decoder a binary message is for', async (t) => {
  t.equal(binaryFrameKind(Uint8Array.of(1, 1)), 'landmarks')
  t.equal(binaryFrameKind(Uint8Array.of(1, 2)), 'landmarks')
  t.equal(binaryFrameKind(Uint8Array.of(1, 3)), 'voice')
  t.equal(binaryFrameKind(Uint8Array.of(1, 0)), 'UNKNOWN_KIND')
  t.equal(binaryFrameKind(Uint8Array.of(1, 255)), 'UNKNOWN_KIND')
  t.equal(binaryFrameKind(Uint8Array.of(0, 1)), 'BAD_VERSION')
  t.equal(binaryFrameKind(Uint8Array.of(2, 1)), 'BAD_VERSION')
  t.equal(binaryFrameKind(Uint8Array.of(1)), 'TRUNCATED')
  t.equal(binaryFrameKind(new Uint8Array()), 'TRUNCATED')
})

t.test('no problem shares the name of a kind of frame or of success', async (t) => {
  for (const name of ['ok', 'landmarks', 'voice', 'NOT_LANDMARKS']) {
    t.notOk(Object.hasOwn(FRAME_PROBLEMS, name), name)
  }
})

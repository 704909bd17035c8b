import t from 'tap'
import { createLandmarkFrame, NO_SEQ } from '../src/landmark-frame.js'
import { decodeLandmarkJson, type LandmarkMessageVerdict } from '../src/landmark-json.js'
import { encode, shortMessage, shortPoint } from './landmark-messages.js'

const decode = (text: string | Uint8Array): LandmarkMessageVerdict =>
  decodeLandmarkJson(typeof text === 'string' ? encode(text) : text, createLandmarkFrame())

const face = (first: string, count = 468): string[] => [
  first,
  ...new Array<string>(count - 1).fill(shortPoint),
]
const withPoint = (first: string): string => shortMessage(face(first))
const withRest = (rest: string): string => shortMessage(undefined, rest)
const withData = (data: string): string => `{"type":"landmarks","data":${data},"timestamp":1}`

t.test('a face has 468 or 478 points', async (t) => {
  t.equal(decode(shortMessage(face(shortPoint, 468))), 'ok')
  t.equal(decode(shortMessage(face(shortPoint, 478))), 'ok')
  for (const count of [1, 467, 469, 477, 479, 1434]) {
    t.equal(decode(shortMessage(face(shortPoint, count))), 'BAD_COUNT', `${count} points`)
  }
})

t.test('an empty or null list of points says that no face is in view', async (t) => {
  for (const data of ['[]', '[ ]', 'null']) {
    const frame = createLandmarkFrame()
    Object.assign(frame, { count: 478, faceInView: true, mirrored: true, aspect: 1.5, seq: 4 })
    t.equal(decodeLandmarkJson(encode(withData(data)), frame), 'ok', data)
    t.match(frame, { count: 0, faceInView: false, mirrored: false, aspect: 0, seq: NO_SEQ })
    t.equal(frame.clientTimeMs, 1)
  }
})

t.test('data that is no list of points is refused, flat and nested lists too', async (t) => {
  for (const data of ['{}', '"x"', '1', 'false']) t.equal(decode(withData(data)), 'BAD_DATA', data)
  t.equal(decode('{"type":"landmarks","timestamp":1}'), 'BAD_DATA')
  const list = (item: string): string => `[${new Array<string>(478).fill(item).join()}]`
  t.equal(decode(withData(list('0.5'))), 'BAD_POINT')
  t.equal(decode(withData(list('[0.5,0.5,0.5]'))), 'BAD_POINT')
  t.equal(decode(withData(`[${list(shortPoint)}]`)), 'BAD_COUNT')
})

t.test('a point has three numbers', async (t) => {
  for (const point of [
    '{"x":0.5,"y":0.5}',
    '{"x":0.5,"y":0.5,"Z":0.5}',
    '{"x":0.5,"y":0.5,"z":null}',
    '{"x":0.5,"y":0.5,"z":"0.5"}',
    '{"x":0.5,"y":0.5,"z":[0.5]}',
    '{"x":0.5,"y":0.5,"z":true}',
    '{}',
    'null',
    '"point"',
  ]) {
    t.equal(decode(withPoint(point)), 'BAD_POINT', point)
  }
})

t.test('coordinates are finite as 32-bit floats, and near the picture', async (t) => {
  const point = (x: string): string => withPoint(`{"x":${x},"y":0,"z":0}`)
  for (const x of ['10', '-10', '-2.5', '10.00000000001']) t.equal(decode(point(x)), 'ok', x)
  for (const x of ['10.001', '-11', '640']) t.equal(decode(point(x)), 'OUT_OF_RANGE', x)
  for (const x of ['1e39', '-1e999']) t.equal(decode(point(x)), 'NOT_FINITE', x)
})

t.test('what the scanner leaves to JSON.parse is accepted all the same', async (t) => {
  for (const text of [
    withPoint('{"x":0.5,"y":0.5,"z":0.5,"meta":{"a":[1]}}'),
    withPoint('{"\\u0078":0.5,"y":0.5,"z":0.5}'),
    withPoint('{"x":null,"x":0.5,"y":0.5,"z":0.5}'),
    withRest('"timestamp":null,"timestamp":1'),
    withRest('"timestamp":1,"aspect":null'),
    withRest('"timestamp":1,"client":"브라우저"'),
    withRest('"timestamp":1,"type":"ping","type":"landmarks"'),
  ]) {
    t.equal(decode(text), 'ok', text.slice(-60))
  }
})

t.test('the fields beside the points', async (t) => {
  const frame = createLandmarkFrame()
  t.equal(
    decodeLandmarkJson(encode(withRest('"seq":4294967295,"timestamp":1.25,"aspect":0.75')), frame),
    'ok',
  )
  t.match(frame, { seq: 4294967295, clientTimeMs: 1.25, aspect: 0.75 })
  for (const value of ['"1"', 'null', '-1', '8640000000000001', '1e999', '[]']) {
    t.equal(decode(withRest(`"timestamp":${value}`)), 'BAD_TIMESTAMP', value)
  }
  t.equal(decode(withRest('"at":1')), 'BAD_TIMESTAMP', 'none')
  for (const value of ['"1.5"', '0.19', '5.01', '-1', 'true']) {
    t.equal(decode(withRest(`"timestamp":1,"aspect":${value}`)), 'BAD_ASPECT', value)
  }
  for (const value of ['"1"', 'null', '-1', '1.5', '4294967296']) {
    t.equal(decode(withRest(`"timestamp":1,"seq":${value}`)), 'BAD_SEQ', value)
  }
})

t.test('other messages are told apart from broken ones', async (t) => {
  for (const text of [
    '{"type":"ping"}',
    '{"type":"LANDMARKS"}',
    `${shortMessage().slice(0, -1)},"type":"ping"}`,
    '{}',
    '[]',
    'null',
    '"landmarks"',
    `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
  ]) {
    t.equal(decode(text), 'NOT_LANDMARKS', text.slice(-30))
  }
  for (const text of [
    '',
    ' ',
    '}',
    '{',
    'landmarks',
    '['.repeat(120_000),
    `${shortMessage()}}`,
    `${shortMessage()} x`,
    `\ufeff${shortMessage()}`,
    withPoint('{"x":01,"y":0.5,"z":0.5}'),
    withPoint('{"x":1.,"y":0.5,"z":0.5}'),
    withPoint('{"x":.5,"y":0.5,"z":0.5}'),
    withPoint('{"x":+1,"y":0.5,"z":0.5}'),
    withPoint('{"x":NaN,"y":0.5,"z":0.5}'),
    withPoint('{"x":0.5,"y":0.5,"z":0.5,}'),
    withPoint(`${shortPoint},`),
    withRest('"timestamp":1,'),
    withRest('"timestamp":1,"client":"\n"'),
    withRest('"timestamp":1,"client":"\\q"'),
    withRest('"timestamp":1,"client":nul'),
  ]) {
    t.equal(decode(text), 'NOT_JSON', text.slice(0, 60))
  }
  const invalid = encode(withRest('"timestamp":1,"client":"?"'))
  invalid[invalid.lastIndexOf(0x3f)] = 0xff
  t.equal(decode(invalid), 'NOT_JSON', 'a byte that is not UTF-8')
  t.equal(decode(shortMessage()), 'ok', 'the next message is read as usual')
})

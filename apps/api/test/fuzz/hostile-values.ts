import fc from 'fast-check'

/** Stands in a JSON text for nesting that no recursive function survives. */
const ABYSS = '@abyss@'
const ABYSS_DEPTH = 20_000
const nested = '['.repeat(ABYSS_DEPTH) + ']'.repeat(ABYSS_DEPTH)

export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '\ud83d',
      '\udc4b\ud83d',
      '👋🏽',
      '\u202e\u05d0\u0627',
      '\ufdfa'.repeat(90),
    ],
    ...["'; drop table sessions; --", '" or 1=1', '{{7*7}}', '%s%n%x', '../../../etc/passwd'],
    ...[
      '..%2f..%2fetc%2fpasswd',
      '<script>alert(1)</script>',
      '=cmd()',
      'a\r\nX-Injected: 1',
      'null',
    ],
    ...[
      'NaN',
      '-0',
      '1e308',
      '1e999',
      '9007199254740993',
      '0x10',
      '__proto__',
      'constructor',
      'https://[',
      ABYSS,
    ],
    ...[
      ' '.repeat(200),
      'x'.repeat(3_000),
      '가'.repeat(3_000),
      `a@${'b.'.repeat(120)}`,
      `${'\ufdfa'.repeat(90)}@b.c`,
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileTexts },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[0, -0, -1, 0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 8.64e15 + 1],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 1e9 }, [
      1,
      'a',
      {},
    ]),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** In UTF-8, a character a byte. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1')

/** A JSON text, or what somebody sends for one. */
export function bodiesFrom(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const written = values.map(
    (value) => JSON.stringify(value)?.replaceAll(`"${ABYSS}"`, nested) ?? '',
  )
  const doubled = written.map((text) => text.replace(/^\{/, '{"sessionId":null,"sessionId":[],'))
  const numbers = written.map((text) => text.replace(/:\d+/, ':1e999'))
  const broken = fc
    .tuple(written, fc.nat(400))
    .map(([text, at]) => text.slice(0, at % (text.length + 1)))
  const garbage = fc.constantFrom(
    ...[
      '',
      '{',
      '[',
      'null',
      '0',
      '"',
      '{"a":1}{"b":2}',
      '\ufeff{}',
      '{"__proto__":{"isAdmin":true}}',
    ],
    ...[
      '{"constructor":{"prototype":{"isAdmin":true}}}',
      '{"\\u005f_proto__":{}}',
      '{"a":"\\u0000\\ud800"}',
    ],
    ...[
      nested,
      `{"a":"\\ud800","b":${nested}}`,
      `{"userId":${nested}}`,
      `"${'x'.repeat(300_000)}"`,
    ],
  )
  return fc.oneof(
    { weight: 12, arbitrary: written.map(bytesOf) },
    { weight: 1, arbitrary: doubled.map(bytesOf) },
    { weight: 1, arbitrary: numbers.map(bytesOf) },
    { weight: 2, arbitrary: broken.map(bytesOf) },
    { weight: 2, arbitrary: garbage.map(bytesOf) },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 200 })
        .map((bytes) => Buffer.from(bytes).toString('latin1')),
    },
  )
}

/** What a browser sends with a recording, and what is nearly that. */
export const multipartBodies: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('audio', 'file', 'a"b', '__proto__', ''),
    fc.constantFrom('audio/webm', 'audio/wav', 'text/html', '', ';'),
    fc.constantFrom('', 'x', '\u0000'.repeat(5_000), 'x'.repeat(400_000)),
    fc.constantFrom('\r\n--x--\r\n', '\r\n--x', '', '\r\n--x\r\n\r\n\r\n'.repeat(50)),
  )
  .map(([name, type, content, end]) => {
    const disposition = `Content-Disposition: form-data; name="${name}"; filename="../a.webm"`
    return bytesOf(`--x\r\n${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}${end}`)
  })

/** What HTTP lets through in a header's value. */
const headerValue = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim()

const hostileHeader = hostileTexts.map(headerValue)

export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'accept-language': fc.oneof(
      fc.constantFrom('ko', 'en;q=0', '*', `${'ko;q=0.1,'.repeat(900)}en`, ';;;q=,,', 'ko;q=NaN'),
      hostileHeader,
    ),
    'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"', '"a",'.repeat(1_500)), hostileHeader),
    'x-device-id': fc.oneof(fc.constantFrom('device_of_a_fuzzer'), hostileHeader),
    'idempotency-key': fc.oneof(fc.constantFrom('one', 'two'), hostileHeader),
    'x-request-id': hostileHeader,
    'x-forwarded-for': hostileHeader,
    'x-forwarded-host': hostileHeader,
    origin: fc.oneof(
      fc.constantFrom('null', 'https://evil.example', '-'.repeat(5_000)),
      hostileHeader,
    ),
    accept: hostileHeader,
    cookie: hostileHeader,
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
    range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'bytes=9-1'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>

export const contentTypes: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        'application/json; charset=utf-16',
        'text/plain',
        'text/plain;charset=UTF-8',
        'application/xml',
        'a/b',
      ],
      ...[
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
        ';',
        '',
      ],
      ...['application/json, text/plain', 'APPLICATION/JSON', 'application/vnd.api+json'],
    ),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
)

export const badAuthorizations: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      'Bearer',
      'Bearer ',
      'Bearer  x',
      'bearer x',
      'Basic YTpi',
      `Bearer ${'x'.repeat(6_000)}`,
    ],
    // {"alg":"none"}, and a token of ours as somebody else would sign it.
    ...[
      'Bearer eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJ1c2VyXyJ9.',
      'Bearer a.b.c',
      'Bearer ..',
    ],
    `Bearer ${'.'.repeat(900)}`,
  ),
  hostileHeader.map((text) => `Bearer ${text}`),
)

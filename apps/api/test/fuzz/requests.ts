import fc from 'fast-check'
import {
  badAuthorizations,
  bodiesFrom,
  contentTypes,
  hostileHeaders,
  hostileTexts,
  multipartBodies,
} from './hostile-values.js'
import type { Operation } from './operations.js'
import { around, fitting } from './schema-values.js'

export const CALLERS = ['nobody', 'stranger', 'owner', 'operator', 'impostor'] as const
export const SESSIONS = ['live', 'ended', 'nobodys', 'victims', 'none'] as const

/** A request as it is drawn; who calls and of which session is filled in when it is sent. */
export interface Draft {
  readonly caller: (typeof CALLERS)[number]
  readonly session: (typeof SESSIONS)[number]
  readonly authorization: string
  /** Each of the route's parameters that is not the session's id, as it stands in the path. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly contentType: string | undefined
  /** A character a byte, so that a failure prints it legibly. */
  readonly body: string | null
}

/** As text in a path or a query: encoded, or as rude as HTTP lets it through. */
const inUrls = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: texts.map(wellEncoded) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...[
          '%',
          '%2',
          '%zz',
          '%00',
          '%ff%fe',
          '..',
          '.',
          '%2e%2e',
          '..%2f..%2fetc',
          '../../package.json',
          '....//',
          '%2F%2Fevil.example',
        ],
        ...['\\\\evil.example', '%0d%0aX-Injected:1', ';a=b', 'x'.repeat(300), '%ed%a0%80', "'"],
      ),
    },
  )

function wellEncoded(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'))
}

export function draftsFor({ method, url, body, parameters }: Operation): fc.Arbitrary<Draft> {
  const isRecording = url.endsWith('/transcribe')
  const names = [...url.matchAll(/:(\w+)|\*/g)].map(([all, name = all]) => name)
  const query = parameters.filter((each) => each.in === 'query')
  const pairs = query.map(({ name, schema }) =>
    fc
      .oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: hostileTexts })
      .map((value) => `${name}=${wellEncoded(String(value))}`),
  )
  const strange = inUrls(hostileTexts).map((text) => `${text}=${text}`)
  const ownHeaders = parameters
    .filter((each) => each.in === 'header')
    .map(({ name, schema }) => fc.option(fitting(schema).map((value) => [name, String(value)])))
  return fc.record({
    caller: fc.constantFrom(...CALLERS),
    session: fc.constantFrom(...SESSIONS),
    authorization: badAuthorizations,
    parameters: fc.record(Object.fromEntries(names.map((name) => [name, inUrls(hostileTexts)]))),
    query: fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      {
        weight: pairs.length > 0 ? 9 : 1,
        arbitrary: fc
          .array(fc.oneof(...pairs, strange), { maxLength: 4 })
          .map((all) => `?${all.join('&')}`),
      },
    ),
    headers: fc
      .tuple(
        fc.oneof(
          { weight: 2, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: hostileHeaders },
        ),
        fc.tuple(...ownHeaders),
      )
      .map(([strangers, own]) => ({
        ...strangers,
        ...Object.fromEntries(own.filter((pair) => pair !== null)),
      })),
    contentType: isRecording ? fc.constant('multipart/form-data; boundary=x') : contentTypes,
    body: isRecording
      ? multipartBodies
      : method === 'GET'
        ? fc.option(bodiesFrom(fc.constant({ a: 1 })), { freq: 10 })
        : body === null
          ? fc.option(bodiesFrom(fc.jsonValue()))
          : bodiesFrom(fc.oneof(fitting(body), around(body))),
  })
}

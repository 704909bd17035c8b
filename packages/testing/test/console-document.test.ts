import t from 'tap'
import { findDeviation, parseConsoleDocument } from '../src/index.js'

const PAGE = [
  '# A page',
  '## First',
  '<!-- situation: healthy -->',
  '```console',
  '$ one',
  'its output',
  '$ two \\',
  '    --long',
  '…',
  '```',
  '```',
  '$ not typed by anybody',
  '```',
].join('\n')

t.test('a page is read as commands and what they print', async (t) => {
  t.same(parseConsoleDocument(PAGE), {
    sections: ['First'],
    blocks: [
      {
        section: 'First',
        situation: 'healthy',
        commands: [
          { command: 'one', expected: ['its output'] },
          { command: 'two \\\n    --long', expected: ['…'] },
        ],
      },
    ],
  })
})

t.test('… stands for what differs, within a line and for lines', async (t) => {
  t.equal(findDeviation('{"id":"a1","ok":true}', ['{"id":"…","ok":true}']), null)
  t.equal(findDeviation('{"id":"a1","ok":false}', ['{"id":"…","ok":true}']), '{"id":"…","ok":true}')
  t.equal(findDeviation('a\nb\nc', ['…', 'c']), null)
  t.equal(findDeviation('a\nb', ['a']), 'nothing after that, but: b')
})

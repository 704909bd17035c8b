// Reads the TAP output of one test program. What is counted are tests: each `t.test()` that makes
// assertions of its own (and a file, for those it makes outside of any). Not assertions, whose
// number says more about loops than about behaviours; not groups, which only hold other tests.
import { createRequire } from 'node:module'

/**
 * @typedef {{what: string, detail?: unknown}} Problem
 * @typedef {{test: string, problems: Problem[]}} FailedTest
 * @typedef {{test: string, reason: string}} SkippedTest skipped, or marked as yet to do
 * @typedef {{passed: string[], failed: FailedTest[], skipped: SkippedTest[]}} Results
 *
 * @param {import('node:stream').Readable} output
 * @param {string} file names the tests
 * @returns {Promise<Results>}
 */
export function readTap(output, file) {
  const Parser = loadParser()
  const results = { passed: [], failed: [], skipped: [] }
  return new Promise((resolve) => {
    const parser = new Parser(() => resolve(results))
    collect(parser, file, results)
    output.pipe(parser)
  })
}

// tap's own parser, in the version tap was built with; pnpm shows it to tap alone. Looked for when
// it is needed: in a fresh clone this file is loaded before anything is installed.
function loadParser() {
  const tap = createRequire(import.meta.url).resolve('tap')
  const core = createRequire(tap).resolve('@tapjs/core')
  return createRequire(core)('tap-parser').Parser
}

function collect(parser, test, results) {
  const problems = []
  let assertions = 0
  let others = 0
  let closing

  parser.on('child', (child) => {
    others += 1
    collect(child, `${test} › ${child.name}`, results)
    child.on('complete', () => {
      closing = child.name
    })
  })
  parser.on('assert', (point) => {
    // The line that closes a group repeats what the group's content has said.
    const isSummary = point.name === closing
    closing = undefined
    if (point.skip || point.todo) {
      others += 1
      const reason = point.skip ? `skipped: ${point.skip}` : `to do: ${point.todo}`
      results.skipped.push({ test: `${test} › ${point.name}`, reason })
    } else if (!isSummary) {
      assertions += 1
      if (!point.ok) problems.push({ what: point.name, detail: point.diag ?? undefined })
    }
  })
  parser.on('complete', ({ failures, bailout }) => {
    for (const { tapError } of failures) {
      if (tapError) problems.push({ what: tapError })
    }
    if (bailout) problems.push({ what: `bailed out: ${bailout}` })
    if (assertions + others === 0) problems.push({ what: 'asserts nothing' })
    if (problems.length > 0) results.failed.push({ test, problems })
    else if (assertions > 0) results.passed.push(test)
  })
}

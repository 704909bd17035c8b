import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { root } from './workspace.mjs'

const SHOWN_OUTPUT_LINES = 60

/** @typedef {import('./tap-results.mjs').Results & {ms: number, log?: string}} FileResults */

/** One line for a file that passed; everything there is to know for one that did not. */
export function reportFile(source, { passed, failed, skipped, ms, log }) {
  const counts = tally({ passed: passed.length, failed: failed.length, skipped: skipped.length })
  const mark = failed.length > 0 ? 'FAIL' : 'ok  '
  console.log(`${mark} ${source}  ${counts}  ${(ms / 1000).toFixed(1)} s`)
  for (const { test, problems } of failed) {
    console.log(`\n  ✗ ${test}`)
    for (const { what, detail } of problems) {
      console.log(`    ${what}`)
      if (detail) console.log(indent(describe(detail), '      '))
    }
  }
  if (failed.length === 0 || !log) return
  // What it printed besides TAP, such as a stack from a crash, is often the cause.
  const lines = readFileSync(join(root, log), 'utf8').trimEnd().split('\n')
  console.log(`\n    The end of its output (whole: ${log}):`)
  console.log(`${indent(lines.slice(-SHOWN_OUTPUT_LINES).join('\n'), '    | ')}\n`)
}

/** The end of a run; its last line is for machines: `12 passed, 0 failed`. */
export function reportRun({ passed, failed, skipped }) {
  if (skipped.length > 0) {
    console.log(`\n${skipped.length} NOT RUN:`)
    for (const { test, reason } of skipped) console.log(`  ${test} (${reason})`)
  }
  if (failed.length > 0) {
    console.log(`\n${failed.length} FAILED:`)
    for (const { test } of failed) console.log(`  ${test}`)
  }
  const counts = { passed: passed.length, failed: failed.length, skipped: skipped.length }
  console.log(`\n${tally(counts)}`)
}

function tally({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A TAP diagnostic: texts (differences, stacks, sources) as they are, the rest in short. */
function describe(detail) {
  return Object.entries(detail)
    .map(([key, value]) =>
      typeof value === 'string' && value.includes('\n')
        ? `${key}:\n${indent(value.trimEnd(), '  ')}`
        : `${key}: ${typeof value === 'string' ? value : inspect(value, { depth: 8 })}`,
    )
    .join('\n')
}

function indent(text, by) {
  return text.replaceAll(/^/gm, by)
}

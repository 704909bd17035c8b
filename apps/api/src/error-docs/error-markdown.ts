import { ERRORS, helpPathOf } from '@bemore/protocol'
import { ERROR_CODES, explainInKorean, factsOf } from './error-facts.js'

const INTRODUCTION = `# Error codes

Made from the catalogue in \`packages/protocol/src\` by \`npm run docs:api\`; do not edit it here. The API serves the same, a
page a code, at \`/docs/errors\`, and every error reply says which in \`help\`.`

/** docs/errors.md: the pages of all codes in one. */
export function renderErrorMarkdown(): string {
  const rows = ERROR_CODES.map((code) => {
    const { status, temporary, message } = ERRORS[code]
    return `| [\`${code}\`](#${code.toLowerCase()}) | ${status} | ${temporary ? 'yes' : 'no'} | ${message.en} |`
  })
  const table = ['| code | HTTP | temporary | what is said |', '| --- | --- | --- | --- |', ...rows]
  const sections = ERROR_CODES.map((code) => {
    const { message, cause, remedy } = ERRORS[code]
    const korean = explainInKorean(code)
    const facts = factsOf(code).map(({ name, value }) => `- ${name}: ${value}`)
    return [
      `## ${code}`,
      `> ${message.en}\n> ${message.ko}`,
      [...facts, `- Page: \`${helpPathOf(code)}\``].join('\n'),
      `**Cause · 원인.** ${cause} ${korean.cause}`,
      `**Remedy · 해결.** ${remedy} ${korean.remedy}`,
    ].join('\n\n')
  })
  return `${[INTRODUCTION, table.join('\n'), ...sections].join('\n\n')}\n`
}

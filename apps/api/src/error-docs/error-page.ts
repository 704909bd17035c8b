import { ERRORS, type ErrorCode, helpPathOf } from '@bemore/protocol'
import { escapeHtml } from '@bemore/report-render'
import { ERROR_CODES, explainInKorean, factsOf } from './error-facts.js'
import { wrapPage } from './error-style.js'

/** Everything the catalogue knows of a code, for whoever met it. */
export function renderErrorPage(code: ErrorCode): string {
  const { message, cause, remedy, temporary } = ERRORS[code]
  const reply = {
    success: false,
    error: { code, message: message.en, requestId: '…', temporary, help: helpPathOf(code) },
  }
  const korean = explainInKorean(code)
  const facts = factsOf(code).map(
    ({ name, value }) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  )
  return wrapPage(
    escapeHtml(code),
    [
      `<h1><code>${escapeHtml(code)}</code></h1>`,
      `<section><p class="lead">${toMarkup(message.en)}</p><p class="lead" lang="ko">${toMarkup(message.ko)}</p>`,
      `<dl>${facts.join('')}</dl></section>`,
      `<section><h2>Cause · <span lang="ko">원인</span></h2><p>${toMarkup(cause)}</p><p lang="ko">${toMarkup(korean.cause)}</p>`,
      `<h2>Remedy · <span lang="ko">해결</span></h2><p>${toMarkup(remedy)}</p><p lang="ko">${toMarkup(korean.remedy)}</p></section>`,
      `<pre>${escapeHtml(JSON.stringify(reply, null, 2))}</pre>`,
      '<p class="quiet"><a href="/docs/errors">All codes · <span lang="ko">모든 코드</span></a></p>',
    ].join('\n'),
  )
}

export function renderErrorList(): string {
  const rows = ERROR_CODES.map((code) => {
    const { status, message } = ERRORS[code]
    const link = `<a href="${escapeHtml(helpPathOf(code))}"><code>${escapeHtml(code)}</code></a>`
    return `<tr><td>${link}</td><td>${status}</td><td>${toMarkup(message.en)}<br><span lang="ko">${toMarkup(message.ko)}</span></td></tr>`
  })
  return wrapPage(
    'Errors',
    [
      '<h1>Errors · <span lang="ko">오류 코드</span></h1>',
      '<section><table><thead><tr><th scope="col">Code</th><th scope="col">HTTP</th><th scope="col">What is said · <span lang="ko">안내 문구</span></th></tr></thead><tbody>',
      ...rows,
      '</tbody></table></section>',
    ].join('\n'),
  )
}

/** Sentences of the catalogue name settings and messages between backticks. */
function toMarkup(sentence: string): string {
  return escapeHtml(sentence).replace(/`([^`]+)`/g, '<code>$1</code>')
}

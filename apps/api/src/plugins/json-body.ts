import { cleanTexts, isTooDeep } from '@bemore/protocol'
import fp from 'fastify-plugin'
import { ApiError } from '../http/api-error.js'

const TOO_DEEP = new ApiError('VALIDATION_FAILED', [
  { field: 'body', problem: 'is nested too deeply' },
])

/**
 * The web client sends commands without a body, other clients the same with a JSON content type; an
 * empty body is no body either way. Everything else is the framework's parser, which refuses
 * `__proto__` and `constructor` keys.
 */
export const jsonBodyPlugin = fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('error', 'error')
    app.addContentTypeParser<string>(
      'application/json',
      { parseAs: 'string' },
      (request, body, done) => {
        if (body === '') done(null, undefined)
        else {
          parse(request, body, (error, value) => {
            if (error === null && isTooDeep(value)) done(TOO_DEEP, undefined)
            else done(error, body.includes('\\u') ? cleanTexts(value) : value)
          })
        }
      },
    )
    app.removeContentTypeParser('text/plain')
  },
  { name: 'json-body' },
)

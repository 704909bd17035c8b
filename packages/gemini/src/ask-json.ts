import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { GeminiFailure } from './failure.js'
import type { RequestKind } from './gemini-metrics.js'
import type { ModelCall } from './model-client.js'
import type { ModelDeps } from './stream-reply.js'

/**
 * One question whose answer is JSON of a schema; what the model writes is checked, not trusted.
 * @throws GeminiFailure
 */
export function askJson<Schema extends TSchema>(
  { gateway, client, metrics }: ModelDeps,
  kind: RequestKind,
  call: ModelCall,
  schema: Schema,
  caller?: AbortSignal,
): Promise<Static<Schema>> {
  return gateway.run({ kind, model: call.model, signal: caller }, async (signal) => {
    const { text, end, tokens } = await client.generate(call, signal)
    if (tokens !== null) metrics.countTokens(tokens)
    const answer = end === 'whole' ? parse(text) : undefined
    if (!Check(schema, answer)) throw new GeminiFailure('invalid-response')
    return answer
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

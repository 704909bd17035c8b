import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { GeminiFailure } from './failure.js'

const Tokens = Type.Optional(Type.Integer({ minimum: 0 }))

/** What is read of a response, or of an event of a streamed one. All of it may be absent. */
const ResponseSchema = Type.Object({
  candidates: Type.Optional(
    Type.Array(
      Type.Object({
        content: Type.Optional(
          Type.Object({
            parts: Type.Optional(
              Type.Array(
                Type.Object({
                  text: Type.Optional(Type.String()),
                  thought: Type.Optional(Type.Boolean()),
                }),
              ),
            ),
          }),
        ),
        finishReason: Type.Optional(Type.String()),
      }),
    ),
  ),
  promptFeedback: Type.Optional(Type.Object({ blockReason: Type.Optional(Type.String()) })),
  usageMetadata: Type.Optional(
    Type.Object({
      promptTokenCount: Tokens,
      candidatesTokenCount: Tokens,
      thoughtsTokenCount: Tokens,
    }),
  ),
})

export interface ModelPiece {
  readonly text: string
  /** `whole`: the model came to its end; `limit`: it was cut at the longest answer; null: it goes on. */
  readonly end: 'whole' | 'limit' | null
  /** Of the request so far. */
  readonly tokens: { readonly input: number; readonly output: number } | null
}

const BLOCKED = [
  ...['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'],
  'IMAGE_SAFETY',
]
const ENDS: Readonly<Record<string, ModelPiece['end']>> = { STOP: 'whole', MAX_TOKENS: 'limit' }

/** @throws GeminiFailure 'invalid-response', or 'blocked' where prompt or answer were. */
export function readResponse(response: unknown): ModelPiece {
  if (!Check(ResponseSchema, response)) throw new GeminiFailure('invalid-response')
  if (response.promptFeedback?.blockReason !== undefined) throw new GeminiFailure('blocked')
  const candidate = response.candidates?.[0]
  const finish = candidate?.finishReason
  if (finish !== undefined && BLOCKED.includes(finish)) throw new GeminiFailure('blocked')
  const end = finish === undefined ? null : ENDS[finish]
  if (end === undefined) throw new GeminiFailure('invalid-response')
  const parts = candidate?.content?.parts ?? []
  const text = parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('')
  return { text, end, tokens: readTokens(response) }
}

function readTokens({ usageMetadata }: Static<typeof ResponseSchema>): ModelPiece['tokens'] {
  if (usageMetadata === undefined) return null
  const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usageMetadata
  return { input: promptTokenCount, output: candidatesTokenCount + thoughtsTokenCount }
}

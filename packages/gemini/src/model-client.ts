import {
  type GenerateContentRequest,
  type GenerationConfig,
  GoogleGenerativeAI,
  HarmBlockThreshold,
  HarmCategory,
  type ResponseSchema,
} from '@google/generative-ai'
import { type ModelPiece, readResponse } from './model-response.js'

export type ModelPart =
  | { readonly text: string }
  /** A recording; base64. */
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } }

export interface ModelTurn {
  readonly role: 'user' | 'model'
  readonly parts: readonly ModelPart[]
}

/** The part of OpenAPI 3.0 that the API takes. */
export interface AnswerShape {
  readonly type: 'object' | 'string' | 'number'
  readonly properties?: Readonly<Record<string, AnswerShape>>
  readonly required?: readonly string[]
}

export interface ModelCall {
  readonly model: string
  readonly system: string
  /** Of the user and the model by turns, the first and the last of the user. */
  readonly turns: readonly ModelTurn[]
  readonly maxOutputTokens: number
  readonly temperature: number
  /** The answer is JSON of this shape. */
  readonly shape?: AnswerShape
}

/** Both reject with whatever the library throws; see `classifyFailure`. */
export interface ModelClient {
  generate(call: ModelCall, signal: AbortSignal): Promise<ModelPiece>
  stream(call: ModelCall, signal: AbortSignal): AsyncIterable<ModelPiece>
}

const SAFETY_SETTINGS = [
  HarmCategory.HARM_CATEGORY_HARASSMENT,
  HarmCategory.HARM_CATEGORY_HATE_SPEECH,
  HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
  HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
].map((category) => ({ category, threshold: HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE }))

export function createModelClient(apiKey: string, baseUrl: string): ModelClient {
  const library = new GoogleGenerativeAI(apiKey)
  const modelOf = ({ model }: ModelCall) => library.getGenerativeModel({ model }, { baseUrl })

  return {
    async generate(call, signal) {
      // The library does not see a signal that was aborted before.
      signal.throwIfAborted()
      const { response } = await modelOf(call).generateContent(toRequest(call), { signal })
      return readResponse(response)
    },
    async *stream(call, signal) {
      signal.throwIfAborted()
      const result = await modelOf(call).generateContentStream(toRequest(call), { signal })
      // The library reads the stream a second time to put it together; that promise is nobody's.
      result.response.catch(() => {})
      for await (const event of result.stream) yield readResponse(event)
    },
  }
}

function toRequest(call: ModelCall): GenerateContentRequest {
  const { system, turns, maxOutputTokens, temperature, shape } = call
  const json = { responseMimeType: 'application/json', responseSchema: shape as ResponseSchema }
  const generationConfig: GenerationConfig = {
    ...{ maxOutputTokens, temperature },
    ...(shape !== undefined && json),
    ...(isThinkingOptional(call.model) && { thinkingConfig: { thinkingBudget: 0 } }),
  }
  return {
    contents: turns.map(({ role, parts }) => ({ role, parts: [...parts] })),
    systemInstruction: system,
    safetySettings: SAFETY_SETTINGS,
    generationConfig,
  }
}

/**
 * Thoughts are taken from the longest answer, which could be spent before its first word. The library
 * is older than they are and passes the field on; other models refuse it.
 */
function isThinkingOptional(model: string): boolean {
  return model.startsWith('gemini-2.5-flash')
}

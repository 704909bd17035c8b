import type { FakeGeminiBody, GeminiSchema } from './fake-gemini-rules.js'

/** Characters of one event of a stream: words and sentences come cut, as the real ones do. */
const EVENT_CHARS = 12

export interface FakeGeminiUsage {
  readonly promptTokenCount: number
  readonly candidatesTokenCount: number
  readonly totalTokenCount: number
}

/** What a healthy model writes: `text`, or JSON of the asked shape whose free texts are `text`. */
export function writeAnswer(body: FakeGeminiBody, text: string): string {
  const { responseMimeType, responseSchema } = body.generationConfig ?? {}
  if (responseMimeType !== 'application/json') return text
  return JSON.stringify(responseSchema === undefined ? { text } : exampleOf(responseSchema, text))
}

function exampleOf(schema: GeminiSchema, text: string): unknown {
  switch (schema.type.toUpperCase()) {
    case 'OBJECT':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, each]) => [key, exampleOf(each, text)]),
      )
    case 'ARRAY':
      return schema.items === undefined ? [] : [exampleOf(schema.items, text)]
    case 'STRING':
      return schema.enum?.[0] ?? text
    case 'BOOLEAN':
      return true
    case 'INTEGER':
      return 1
    default:
      return 0.125
  }
}

export function cutIntoEvents(answer: string): string[] {
  const characters = [...answer]
  const events: string[] = []
  for (let start = 0; start < characters.length; start += EVENT_CHARS) {
    events.push(characters.slice(start, start + EVENT_CHARS).join(''))
  }
  return events
}

/** About four characters a token, as the API counts Latin text. */
export function countUsage(body: FakeGeminiBody, answer: string): FakeGeminiUsage {
  const texts = [...body.contents, ...(body.systemInstruction ? [body.systemInstruction] : [])]
    .flatMap(({ parts }) => parts)
    .map(({ text }) => text ?? '')
  const promptTokenCount = Math.ceil(texts.join('').length / 4)
  const candidatesTokenCount = Math.ceil(answer.length / 4)
  return {
    ...{ promptTokenCount, candidatesTokenCount },
    totalTokenCount: promptTokenCount + candidatesTokenCount,
  }
}

/** A response, or an event of a streamed one. */
export function describeCandidate(
  model: string,
  text: string,
  end: { readonly finishReason?: string; readonly usageMetadata?: FakeGeminiUsage } = {},
): object {
  const { finishReason, usageMetadata } = end
  return {
    candidates: [
      {
        content: { parts: text === '' ? [] : [{ text }], role: 'model' },
        ...(finishReason === undefined ? {} : { finishReason }),
        index: 0,
      },
    ],
    ...(usageMetadata === undefined ? {} : { usageMetadata }),
    modelVersion: model,
  }
}

export function describeBlockedPrompt(model: string, body: FakeGeminiBody): object {
  return {
    promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
    usageMetadata: countUsage(body, ''),
    modelVersion: model,
  }
}

/** An error as Google's APIs write it. */
export function describeError(
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): object {
  return { error: { code, message, status, ...(details.length === 0 ? {} : { details }) } }
}

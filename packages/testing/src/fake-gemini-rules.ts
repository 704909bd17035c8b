/** What the Gemini API (v1beta) refuses of the body of a request, and the words it does that with. */

export interface FakeGeminiPart {
  readonly text?: string
  readonly inlineData?: { readonly mimeType: string; readonly data: string }
}

export interface FakeGeminiContent {
  readonly role: 'user' | 'model'
  readonly parts: readonly FakeGeminiPart[]
}

export interface FakeGeminiBody {
  readonly contents: readonly FakeGeminiContent[]
  readonly systemInstruction?: { readonly parts: readonly FakeGeminiPart[] }
  readonly generationConfig?: {
    readonly maxOutputTokens?: number
    readonly responseMimeType?: string
    readonly responseSchema?: GeminiSchema
  }
  readonly safetySettings?: readonly { readonly category: string; readonly threshold: string }[]
}

/** The part of OpenAPI 3.0 that the API takes as a response schema; types come in either case. */
export interface GeminiSchema {
  readonly type: string
  readonly enum?: readonly string[]
  readonly items?: GeminiSchema
  readonly properties?: Readonly<Record<string, GeminiSchema>>
  readonly required?: readonly string[]
}

const BODY_FIELDS = [
  ...['contents', 'systemInstruction', 'generationConfig', 'safetySettings', 'tools'],
  ...['toolConfig', 'cachedContent'],
]
const CONFIG_FIELDS = [
  ...['candidateCount', 'stopSequences', 'maxOutputTokens', 'temperature', 'topP', 'topK'],
  ...['responseMimeType', 'responseSchema', 'presencePenalty', 'frequencyPenalty', 'seed'],
  ...['thinkingConfig', 'responseLogprobs', 'logprobs'],
]
const CATEGORIES = [
  ...['HARM_CATEGORY_HARASSMENT', 'HARM_CATEGORY_HATE_SPEECH', 'HARM_CATEGORY_SEXUALLY_EXPLICIT'],
  ...['HARM_CATEGORY_DANGEROUS_CONTENT', 'HARM_CATEGORY_CIVIC_INTEGRITY'],
]
const THRESHOLDS = [
  ...['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'],
]
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** @returns the message of the 400 INVALID_ARGUMENT that the body gets, or null. */
export function findBodyFault(body: unknown): string | null {
  if (!isRecord(body)) return 'Invalid JSON payload received. Root element must be a message.'
  return (
    findUnknownField(body, BODY_FIELDS) ??
    findContentsFault(body['contents']) ??
    findSystemFault(body['systemInstruction']) ??
    findConfigFault(body['generationConfig']) ??
    findSafetyFault(body['safetySettings'])
  )
}

function findContentsFault(contents: unknown): string | null {
  if (!Array.isArray(contents) || contents.length === 0) {
    return '* GenerateContentRequest.contents: contents is not specified\n'
  }
  for (const [index, content] of contents.entries()) {
    const name = `GenerateContentRequest.contents[${index}]`
    if (!isRecord(content)) return `Invalid value at 'contents[${index}]'`
    const { role, parts } = content
    if (role !== 'user' && role !== 'model') return 'Please use a valid role: user, model.'
    if (role !== (index % 2 === 0 ? 'user' : 'model')) {
      return 'Please ensure that multiturn requests alternate between user and model.'
    }
    const fault = findPartsFault(parts, name)
    if (fault !== null) return fault
  }
  return contents.length % 2 === 1
    ? null
    : 'Please ensure that multiturn requests end with a user role or a function response.'
}

function findPartsFault(parts: unknown, name: string): string | null {
  if (!Array.isArray(parts) || parts.length === 0) {
    return `* ${name}.parts: contents.parts must not be empty.\n`
  }
  for (const [index, part] of parts.entries()) {
    if (!isRecord(part)) return `Invalid value at '${name}.parts[${index}]'`
    const { text, inlineData } = part
    if (typeof text === 'string' && text !== '') continue
    if (!isRecord(inlineData)) {
      return `* ${name}.parts[${index}].data: required oneof field 'data' must have one initialized field\n`
    }
    const { mimeType, data } = inlineData
    if (typeof mimeType !== 'string' || !/^[a-z]+\/[\w.+-]+$/.test(mimeType)) {
      return `Unsupported MIME type: ${String(mimeType)}`
    }
    if (typeof data !== 'string' || data === '' || !BASE64.test(data)) {
      return `Invalid value at '${name}.parts[${index}].inline_data.data' (TYPE_BYTES), Base64 decoding failed`
    }
  }
  return null
}

function findSystemFault(instruction: unknown): string | null {
  if (instruction === undefined) return null
  if (!isRecord(instruction)) return "Invalid value at 'system_instruction'"
  return findPartsFault(instruction['parts'], 'GenerateContentRequest.system_instruction')
}

function findConfigFault(config: unknown): string | null {
  if (config === undefined) return null
  if (!isRecord(config)) return "Invalid value at 'generation_config'"
  const { maxOutputTokens, responseMimeType, responseSchema } = config
  if (
    maxOutputTokens !== undefined &&
    !(Number.isInteger(maxOutputTokens) && Number(maxOutputTokens) > 0)
  ) {
    return '* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.\n'
  }
  if (responseSchema !== undefined && responseMimeType !== 'application/json') {
    return 'Response schema is only supported with response mime type: application/json'
  }
  return findUnknownField(config, CONFIG_FIELDS)
}

function findSafetyFault(settings: unknown): string | null {
  if (settings === undefined) return null
  if (!Array.isArray(settings)) return "Invalid value at 'safety_settings'"
  const isKnown = (each: unknown) =>
    isRecord(each) &&
    CATEGORIES.includes(String(each['category'])) &&
    THRESHOLDS.includes(String(each['threshold']))
  return settings.every(isKnown) ? null : "Invalid value at 'safety_settings[0].category'"
}

function findUnknownField(
  record: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | null {
  const unknown = Object.keys(record).find((key) => !known.includes(key))
  return unknown === undefined
    ? null
    : `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

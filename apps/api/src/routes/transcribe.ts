import { hotlineCard, screenRisk } from '@bemore/core'
import { HotlineCardSchema } from '@bemore/protocol'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import { failures, SuccessSchema, succeed, TOKEN_FAILURES } from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

/** Containers browsers record into, and what recognisers commonly take. */
const AUDIO_TYPES: ReadonlySet<string> = new Set([
  ...['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/mp3', 'audio/aac'],
  ...['audio/flac', 'audio/x-flac', 'audio/wav', 'audio/x-wav', 'audio/wave', 'video/webm'],
])

/** Failures that another attempt with the same recording would meet again. */
const OF_THE_AUDIO: ReadonlySet<string> = new Set(['no-words', 'refused', 'blocked'])

/** A recording is held in memory while it is recognised, and kept nowhere. */
export async function registerTranscribeRoute(app: Routes, context: RouteContext): Promise<void> {
  const { config, companion } = context
  await app.register(async (scope: Routes) => {
    await scope.register(multipart, {
      limits: { fileSize: config.audioLimitBytes, files: 1, fields: 4, fieldSize: 1_000, parts: 5 },
    })
    scope.post(
      '/api/stt/transcribe',
      {
        bodyLimit: config.audioLimitBytes + MULTIPART_ROOM,
        config: { access: 'starter' },
        schema: {
          tags: [TAGS.words],
          summary: 'Recognise speech',
          description:
            'multipart/form-data with a file field `audio`. There is no local recogniser: without a companion it answers 503, and clients recognise speech themselves.',
          consumes: ['multipart/form-data'],
          response: {
            200: SuccessSchema(
              Type.Object({
                text: Type.String({ examples: ['오늘 정말 행복했어요'] }),
                source: Type.Literal('gemini'),
                risk: Type.Union([HotlineCardSchema, Type.Null()], {
                  examples: [null],
                  description: 'Who can be called; show it before anything else',
                }),
              }),
              'What was said',
            ),
            ...failures(
              ...(['VALIDATION_FAILED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const),
              'AUTH_REQUIRED',
              ...TOKEN_FAILURES,
              ...(['STT_UNAVAILABLE', 'AUDIO_NOT_UNDERSTOOD'] as const),
            ),
          },
        },
      },
      async (request) => {
        if (!request.isMultipart()) throw new ApiError('UNSUPPORTED_MEDIA_TYPE')
        const { audio, mimeType } = await readRecording(request).catch((error: unknown) => {
          letPass(request)
          throw error
        })
        const language = negotiateLanguage(request.headers['accept-language']) ?? 'ko'
        const result = await companion.transcribe({ audio, mimeType, language })
        if ('text' in result) {
          const { text } = result
          const risk = screenRisk(text) === null ? null : hotlineCard(language)
          return succeed({ text, source: 'gemini' as const, risk })
        }
        const isOfAudio = OF_THE_AUDIO.has(result.failure)
        throw new ApiError(isOfAudio ? 'AUDIO_NOT_UNDERSTOOD' : 'STT_UNAVAILABLE')
      },
    )
  })
}

/** What a multipart body has besides the file. */
const MULTIPART_ROOM = 16_384

interface Recording {
  readonly audio: Uint8Array
  readonly mimeType: string
}

/** @throws ApiError, or an error of the form reader that has a code of its own */
async function readRecording(request: FastifyRequest): Promise<Recording> {
  const file = await request.file().catch(refuseForm)
  if (file === undefined || file.fieldname !== 'audio') throw formFault('a file field of this name')
  const mimeType = file.mimetype.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!AUDIO_TYPES.has(mimeType)) throw new ApiError('UNSUPPORTED_MEDIA_TYPE')
  const audio = await file.toBuffer().catch(refuseForm)
  if (audio.length === 0) throw formFault('a recording with something in it')
  return { audio, mimeType }
}

/**
 * What is left of a refused form would stay in the connection, and whatever came next on it, somebody
 * else's request where a proxy keeps connections, would wait behind it.
 */
function letPass({ raw }: FastifyRequest): void {
  raw.unpipe()
  raw.resume()
}

const formFault = (needed: string) =>
  new ApiError('VALIDATION_FAILED', [{ field: 'body/audio', problem: `${needed} is needed` }])

/** A form that breaks off or is garbled is the client's fault, and its error has no code. */
function refuseForm(error: Error & { readonly code?: string }): never {
  throw error.code === undefined ? formFault('a whole multipart form') : error
}

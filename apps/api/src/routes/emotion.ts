import { detectLanguage, hotlineCard, screenRisk, type TextLanguage } from '@bemore/core'
import {
  EMOTIONS,
  EmotionOrUnknownSchema,
  HotlineCardSchema,
  type Language,
} from '@bemore/protocol'
import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import { failures, SuccessSchema, succeed, TOKEN_FAILURES } from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const Signed = Type.Number({ minimum: -1, maximum: 1 })

const EmotionSchema = Type.Object(
  {
    emotion: EmotionOrUnknownSchema,
    language: Type.Enum(['ko', 'en', 'unknown']),
    probabilities: OrNull(Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 1 }))),
    valence: OrNull(Signed),
    arousal: OrNull(Signed),
    dominance: OrNull(Signed),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
    risk: OrNull(HotlineCardSchema),
    source: Type.Enum(['local', 'gemini']),
    reason: Type.Optional(Type.String({ description: 'Why the companion did not refine it' })),
  },
  {
    examples: [
      {
        ...{ emotion: 'happy', language: 'ko' },
        probabilities: {
          ...{ happy: 0.86, sad: 0.02, angry: 0.01, anxious: 0.02, neutral: 0.05 },
          ...{ surprised: 0.02, disgusted: 0.01, fearful: 0.01 },
        },
        ...{ valence: 0.71, arousal: 0.34, dominance: 0.22, confidence: 0.82 },
        ...{ risk: null, source: 'local', reason: 'off' },
      },
    ],
  },
)

/** A text by itself, of no session: nothing of it is kept. */
export function registerEmotionRoute(app: Routes, context: RouteContext): void {
  const { config, textModel, companion } = context
  app.post(
    '/api/emotion',
    {
      config: { access: 'starter', screensFirst: true },
      schema: {
        tags: [TAGS.words],
        summary: 'Estimate the emotion of a text',
        description:
          'By the local model, refined by the companion where there is one. A text of somebody at risk goes nowhere and is answered with who can be called.',
        body: Type.Object(
          { text: Type.String({ pattern: '\\S' }) },
          { examples: [{ text: '오늘 정말 행복했어요' }] },
        ),
        response: {
          200: SuccessSchema(EmotionSchema, 'What the words say'),
          ...failures(
            ...(['VALIDATION_FAILED', 'MALFORMED_JSON', 'UTTERANCE_TOO_LONG'] as const),
            'AUTH_REQUIRED',
            ...TOKEN_FAILURES,
          ),
        },
      },
    },
    async (request) => {
      const { text } = request.body
      const language = detectLanguage(text)
      const spoken = language === 'unknown' ? 'en' : language
      const answerLanguage = negotiateLanguage(request.headers['accept-language']) ?? spoken
      // Before anything else; nothing is estimated of it, and it goes nowhere.
      if (screenRisk(text) !== null) return succeed(answerRisk(language, answerLanguage))
      if (request.refusal !== null) throw request.refusal
      if (text.length > config.utteranceMaxChars) throw new ApiError('UTTERANCE_TOO_LONG')
      const local = textModel.estimate(text, language)
      const refined = await companion.refineEmotion({ text, language: spoken })
      const shown =
        refined.source === 'gemini'
          ? { label: refined.label, probabilities: refined.probabilities }
          : local
      return succeed({
        emotion: shown.label,
        language,
        probabilities:
          shown.probabilities === null
            ? null
            : Object.fromEntries(EMOTIONS.map((name, i) => [name, shown.probabilities?.[i] ?? 0])),
        valence: local.valence,
        arousal: local.arousal,
        dominance: local.dominance,
        confidence: local.confidence,
        risk: null,
        source: refined.source,
        ...(refined.source === 'local' && { reason: refined.reason }),
      })
    },
  )
}

function answerRisk(language: TextLanguage, answerLanguage: Language) {
  return {
    ...{ emotion: 'unknown' as const, language, probabilities: null },
    ...{ valence: null, arousal: null, dominance: null, confidence: 0 },
    risk: hotlineCard(answerLanguage),
    ...{ source: 'local' as const, reason: 'risk' },
  }
}

import { foldReport, type SessionReport } from '@bemore/core'
import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import { failures, SESSION_FAILURES, SuccessSchema, succeed } from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { TAGS } from '../plugins/openapi.js'
import { readWholeLog } from '../reports/whole-log.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const NarrativeSchema = Type.Object(
  {
    text: Type.String(),
    source: Type.Enum(['local', 'gemini']),
    reason: Type.Optional(Type.String({ description: 'Why the companion did not write it' })),
    seq: Type.Integer({ minimum: 1, description: 'The log up to here is what it tells of' }),
  },
  {
    examples: [
      { text: 'A short session, most of it calm.', source: 'local', reason: 'off', seq: 7 },
    ],
  },
)

const MINUTE_MS = 60_000

/**
 * A report in a few sentences, by the companion where there is one. It is asked for by itself, because
 * a report never waits for a language model; and it is kept nowhere.
 */
export function registerNarrativeRoute(app: Routes, context: RouteContext): void {
  const { config, store, companion } = context
  app.get(
    '/:id/report/narrative',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.report],
        summary: 'The report in a few sentences',
        description:
          'Only figures and sentences of the report are sent to the companion, never what was said, seen or heard. Behind a risk flag it is not asked.',
        params: Type.Object({ id: SessionIdSchema }),
        querystring: Type.Object({
          lang: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('ko')])),
        }),
        response: {
          200: SuccessSchema(NarrativeSchema, 'What the session looked like'),
          ...failures('SESSION_LOG_TOO_LONG', ...SESSION_FAILURES),
        },
      },
    },
    async (request, reply) => {
      const language =
        request.query.lang ?? negotiateLanguage(request.headers['accept-language']) ?? null
      const events = await readWholeLog(store.log, request.params.id, config.reportEventLimit)
      const report = foldReport(events, language)
      if (report === null) throw new ApiError('SESSION_NOT_FOUND')
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const told = report.risk.flagged
        ? ({ source: 'local', reason: 'risk' } as const)
        : await companion.summarise({
            language: language ?? report.language,
            figures: figuresOf(report),
            observations: report.keyObservations,
            signal: gone.signal,
          })
      const { seq } = report
      if (told.source === 'gemini') return succeed({ ...told, seq })
      const { text } = report.narrative
      return succeed({ text, source: 'local' as const, reason: told.reason, seq })
    },
  )
}

function figuresOf(report: SessionReport) {
  const { emotion, vadVector } = report
  return {
    durationMinutes: Math.round(report.activeDurationMs / MINUTE_MS),
    utterances: report.utterances.length,
    dominantEmotion: emotion.dominant,
    emotionShares: emotion.distribution,
    valence: vadVector?.valence ?? null,
    arousal: vadVector?.arousal ?? null,
    distortions: report.distortions.reduce((sum, { count }) => sum + count, 0),
    interventions: report.interventions.length,
  }
}

import { CAUSES, EXIT } from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import type { Diagnosis, FoundCause } from './diagnosis.js'

/** The exit code of `bemore doctor` and `bemore smoke`: that of the first cause, 0 without one. */
export function exitCodeOf({ verdict }: Pick<Diagnosis, 'verdict'>): number {
  return verdict === null ? EXIT.ok : CAUSES[verdict.code].exitCode
}

/** A diagnosis for machines: one language, times as ISO 8601. */
export function describeDiagnosis(diagnosis: Diagnosis, language: Language) {
  const describeCause = ({ code, detail, since, source }: FoundCause) => ({
    code,
    what: CAUSES[code].what[language],
    remedy: CAUSES[code].remedy[language],
    detail: detail[language],
    source,
    since: since === null ? null : new Date(since).toISOString(),
  })
  const { target, startedAt, durationMs, steps, verdict, also, server } = diagnosis
  return {
    target,
    healthy: verdict === null,
    exitCode: exitCodeOf(diagnosis),
    startedAt: new Date(startedAt).toISOString(),
    durationMs,
    version: server?.version ?? null,
    commit: server?.commit ?? null,
    verdict: verdict === null ? null : describeCause(verdict),
    also: also.map(describeCause),
    steps: steps.map(({ id, title, status, durationMs: ms, detail, code }) => ({
      id,
      title: title[language],
      status,
      durationMs: ms,
      detail: detail[language],
      code,
    })),
  }
}

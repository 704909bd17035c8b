/** Where leaving `api` out would give two operations one name. */
const NAMED: Readonly<Record<string, string>> = { '/api/health': 'HealthInEnvelope' }

/**
 * The name of an operation for generated clients: method and path, so that it is stable without
 * anybody having to think of one. `GET /api/session/:id/report/csv` is `getSessionByIdReportCsv`.
 */
export function operationIdOf(method: string, url: string): string {
  const words = url.split(/[/._-]/).filter((word) => word !== '' && word !== 'api')
  const named = words.map((word) =>
    word.startsWith(':') ? `By${capitalise(word.slice(1))}` : capitalise(word),
  )
  return `${method.toLowerCase()}${NAMED[url] ?? (named.join('') || 'Home')}`
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

import { MODALITIES } from '@bemore/protocol'
import { ApiError } from '../http/api-error.js'

/**
 * The validator takes null for false on its way, and here a false erases: only what is a boolean counts.
 * @param path of the choice in the request @throws ApiError VALIDATION_FAILED
 */
export function requirePlainConsent(choice: unknown, path: string): void {
  if (typeof choice !== 'object' || choice === null) return
  const wrong = MODALITIES.filter((modality) => {
    const said = (choice as Record<string, unknown>)[modality]
    return said !== undefined && typeof said !== 'boolean'
  })
  if (wrong.length === 0) return
  throw new ApiError(
    'VALIDATION_FAILED',
    wrong.map((modality) => ({ field: `${path}/${modality}`, problem: 'must be true or false' })),
  )
}

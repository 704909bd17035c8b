/** An Idempotency-Key came again, with another request than the first time. Not to be retried. */
export class IdempotencyConflict extends Error {
  readonly code = 'IDEMPOTENCY_KEY_REUSED'

  constructor(options?: ErrorOptions) {
    super('IDEMPOTENCY_KEY_REUSED: the key is bound to the first request it came with', options)
    this.name = 'IdempotencyConflict'
  }
}

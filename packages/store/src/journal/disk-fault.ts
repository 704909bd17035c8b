export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** What the system said (`ENOSPC: no space left on device, write`): the code first. */
export function describeFault(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

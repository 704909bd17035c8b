/** One error of the catalogue: `status` is that of HTTP, `cause` and `remedy` are for its page. */
export interface ErrorEntry {
  readonly status: number
  readonly temporary: boolean
  readonly message: { readonly en: string; readonly ko: string }
  readonly cause: string
  readonly remedy: string
}

export function entry(
  status: number,
  temporary: boolean,
  en: string,
  ko: string,
  cause: string,
  remedy: string,
): ErrorEntry {
  return { status, temporary, message: { en, ko }, cause, remedy }
}

/** `status` is the HTTP status; `temporary` says whether the same request may succeed later, unchanged. */
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

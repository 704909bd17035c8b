export interface ClientStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface SignInKeys {
  access(): string | null
  refresh(): string | null
  user(): { readonly username: string } | null
  keepTokens(tokens: { readonly accessToken: string; readonly refreshToken: string }): void
  keepUser(user: object): void
  wipe(): void
}

export interface ApiClient {
  readonly keys: SignInKeys
  /** The body of a success. @throws ClientError */
  request(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly readAs?: 'blob' },
  ): Promise<unknown>
  /** What the timer of half an hour does. */
  refreshNow(): Promise<void>
}

export function createApiClient(options: {
  readonly baseUrl: string
  readonly storage: ClientStorage
  readonly fetch?: typeof globalThis.fetch
  readonly onSignedOut?: () => void
  readonly timeoutMs?: number
}): ApiClient

import type { ApiClient } from './api-client.js'

export interface Endpoints {
  signUp(form: object): Promise<unknown>
  logIn(form: object): Promise<{ readonly username: string }>
  me(): Promise<{ readonly username: string }>
  logOut(): Promise<unknown>
  preferences(): Promise<Readonly<Record<string, unknown>> | null>
  savePreferences(preferences: object): Promise<unknown>
  dashboard(): Promise<unknown>
  history(): Promise<{ readonly recentSessions: readonly { readonly id: string }[] }>
  start(): Promise<{ readonly sessionId: string }>
  pause(id: string): Promise<unknown>
  resume(id: string): Promise<unknown>
  end(id: string): Promise<unknown>
  summary(id: string): Promise<unknown>
  report(id: string): Promise<unknown>
  pdf(id: string): Promise<Blob>
  csv(id: string, kind: 'vad' | 'emotion'): Promise<Blob>
  feedback(id: string, rating: number, note: string): Promise<unknown>
}

export function createEndpoints(client: ApiClient): Endpoints

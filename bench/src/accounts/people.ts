import { HOST } from '../servers/subject.js'

/** Somebody with an account of the server under test. */
export interface Person {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly refreshToken: string
  readonly headers: { readonly authorization: string }
}

const PASSWORD = '바다를 보러 가자 2026'

/** Calls the API and reads what it says. @throws Error on anything but a success */
export async function callApi(
  port: number,
  method: string,
  path: string,
  {
    headers = {},
    body,
  }: { readonly headers?: Record<string, string>; readonly body?: object } = {},
): Promise<{ readonly etag: string; readonly data: Record<string, unknown> }> {
  const reply = await fetch(`http://${HOST}:${port}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const read = (await reply.json()) as { data?: Record<string, unknown> }
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(read)}`)
  return { etag: reply.headers.get('etag') ?? '', data: read.data ?? {} }
}

export async function signUp(port: number, name: string): Promise<Person> {
  const email = `${name}@example.com`
  await callApi(port, 'POST', '/api/auth/signup', {
    body: { email, username: name, password: PASSWORD },
  })
  return logIn(port, email)
}

export async function logIn(port: number, email: string): Promise<Person> {
  const body = { email, password: PASSWORD }
  const { data } = await callApi(port, 'POST', '/api/auth/login', { body })
  const { user, accessToken, refreshToken } = data as {
    readonly user: { readonly id: string }
    readonly accessToken: string
    readonly refreshToken: string
  }
  const headers = { authorization: `Bearer ${accessToken}` }
  return { userId: user.id, ...body, refreshToken, headers }
}

export async function signUpMany(port: number, name: string, count: number): Promise<Person[]> {
  const people: Person[] = []
  for (let n = 1; n <= count; n++) people.push(await signUp(port, `${name}-${n}`))
  return people
}

/** @returns the id of a session that runs */
export async function startSessionOf(port: number, { headers }: Person): Promise<string> {
  const { data } = await callApi(port, 'POST', '/api/session/start', { headers, body: {} })
  return String(data['sessionId'])
}

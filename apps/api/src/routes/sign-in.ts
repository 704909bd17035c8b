import { fitEmail, fitPassword } from '@bemore/accounts'
import { readBearerToken } from '@bemore/ops'
import Type from 'typebox'
import { createAccountAudit } from '../accounts/account-audit.js'
import { UserReplySchema, UserSchema, viewUser } from '../accounts/user-view.js'
import { ApiError } from '../http/api-error.js'
import {
  BODY_FAILURES,
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
} from '../http/envelope.js'
import { optionalBody } from '../http/optional-body.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const FAILURES = [...BODY_FAILURES, ...DATABASE_FAILURES] as const

export const EmailSchema = Type.String({
  maxLength: 254,
  pattern: '^\\s*[^\\s@]+@[^\\s@]+\\.[^\\s@]+\\s*$',
  examples: ['jimin@example.com'],
})
/** Measured in UTF-16 units here, against absurd lengths; the rule itself counts characters. */
export const PasswordSchema = Type.String({ maxLength: 1_024, examples: ['바다를 보러 가자 2026'] })
export const UsernameSchema = Type.String({
  maxLength: 200,
  pattern: '^\\s*\\S(.*\\S)?\\s*$',
  description: '2 to 50 characters, spaces around it aside',
  examples: ['지민'],
})
const REFRESH_TOKEN_EXAMPLE = 'bmr_Zk1t0Yb6Q0m0l9y2Jm8c8bq7dCw2m6c7l3b9H1mXk2E'
const RefreshTokenSchema = Type.String({ maxLength: 512, examples: [REFRESH_TOKEN_EXAMPLE] })
const AccessTokenSchema = Type.String({
  description: 'A JWT; send it as `Authorization: Bearer …`',
  examples: ['eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzaWQiOiJzaWduXyJ9.c2ln'],
})

const SignedInSchema = Type.Object({
  user: UserSchema,
  accessToken: AccessTokenSchema,
  refreshToken: RefreshTokenSchema,
})

const LEAST_NAME = 2
const MOST_NAME = 50

/** Control characters, and those that turn the direction of what stands around them. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
const VISIBLE = /[^\p{C}\p{Z}]/u

/**
 * The least is counted as the web client does, in UTF-16 units: an emoji is two.
 * @throws ApiError VALIDATION_FAILED
 */
export function fitUsername(username: string): string {
  const name = username.trim()
  const isFit = name.length >= LEAST_NAME && [...name].length <= MOST_NAME
  if (isFit && VISIBLE.test(name) && !UNPRINTABLE.test(name)) return name
  throw new ApiError('VALIDATION_FAILED', [
    { field: 'body/username', problem: `needs ${LEAST_NAME} to ${MOST_NAME} printable characters` },
  ])
}

/** @throws ApiError VALIDATION_FAILED */
function requireEmail(given: string): string {
  const email = fitEmail(given)
  if (email !== null) return email
  throw new ApiError('VALIDATION_FAILED', [{ field: 'body/email', problem: 'is no address' }])
}

/** Sign up, sign in, stay signed in, sign out. None of them looks at who calls. */
export function registerSignInRoutes(app: Routes, context: RouteContext): void {
  const { config, store, passwords, signIns, log } = context
  const audit = createAccountAudit(context.trail)
  /** Each costs some 20 ms of a core. */
  const rateLimit = { max: config.authRequestsPerMinute, timeWindow: 60_000 }

  app.post(
    '/api/auth/signup',
    {
      config: { access: 'open', rateLimit },
      schema: {
        tags: [TAGS.account],
        summary: 'Sign up',
        description: 'Nobody is signed in by it.',
        body: Type.Object(
          { username: UsernameSchema, email: EmailSchema, password: PasswordSchema },
          {
            examples: [
              { username: '지민', email: 'jimin@example.com', password: '바다를 보러 가자 2026' },
            ],
          },
        ),
        response: {
          201: SuccessSchema(UserReplySchema, 'The account'),
          ...failures('EMAIL_TAKEN', 'PASSWORD_UNFIT', ...FAILURES),
        },
      },
    },
    async (request, reply) => {
      const email = requireEmail(request.body.email)
      const username = fitUsername(request.body.username)
      const fitted = fitPassword(request.body.password, { email, username })
      if ('fault' in fitted) throw new ApiError('PASSWORD_UNFIT')
      const passwordHash = await passwords.hash(fitted.password)
      const user = await store.accounts.create({ email, username, passwordHash })
      if (user === null) throw new ApiError('EMAIL_TAKEN')
      log.info({ event: 'account.created', userId: user.id }, 'signed up')
      await audit.done('account.create', user.id, request)
      return reply.code(201).send(succeed({ user: viewUser(user) }))
    },
  )

  app.post(
    '/api/auth/login',
    {
      config: { access: 'open', rateLimit },
      schema: {
        tags: [TAGS.account],
        summary: 'Sign in',
        body: Type.Object(
          { email: EmailSchema, password: PasswordSchema },
          { examples: [{ email: 'jimin@example.com', password: '바다를 보러 가자 2026' }] },
        ),
        response: {
          200: SuccessSchema(SignedInSchema, 'Signed in'),
          ...failures('CREDENTIALS_WRONG', 'TOO_MANY_ATTEMPTS', ...FAILURES),
        },
      },
    },
    async (request, reply) => {
      const email = requireEmail(request.body.email)
      const attempt = signIns.login(email, request.body.password, request.ip)
      const { user, ...tokens } = await audit.attempt('account.login', request, attempt, () =>
        signIns.whoseAddress(email),
      )
      await audit.done('account.login', user.id, request)
      void reply.header('cache-control', 'no-store')
      return succeed({ user: viewUser(user), ...tokens })
    },
  )

  app.post(
    '/api/auth/refresh',
    {
      config: { access: 'open' },
      schema: {
        tags: [TAGS.account],
        summary: 'Get a new access token',
        description:
          'The refresh token is spent by it and another one comes back. Shown again within a minute, as a second tab does, it still works; later it ends the sign-in.',
        body: Type.Object(
          { refreshToken: RefreshTokenSchema },
          { examples: [{ refreshToken: REFRESH_TOKEN_EXAMPLE }] },
        ),
        response: {
          200: SuccessSchema(SignedInSchema, 'Both tokens, new'),
          ...failures('REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REUSED', ...FAILURES),
        },
      },
    },
    async (request, reply) => {
      const { user, ...tokens } = await signIns.refresh(request.body.refreshToken)
      void reply.header('cache-control', 'no-store')
      return succeed({ user: viewUser(user), ...tokens })
    },
  )

  app.post(
    '/api/auth/logout',
    {
      config: { access: 'open' },
      schema: {
        tags: [TAGS.account],
        summary: 'Sign out',
        description:
          'Ends the sign-in that the access token, or the refresh token in the body, belongs to. Without either, or repeated, it is no error.',
        body: Type.Object(
          { refreshToken: Type.Optional(RefreshTokenSchema) },
          { examples: [{ refreshToken: REFRESH_TOKEN_EXAMPLE }] },
        ),
        response: {
          200: SuccessSchema(Type.Object({ signedOut: Type.Literal(true) }), 'Signed out'),
          ...failures(...FAILURES),
        },
      },
      // The web client sends none.
      preValidation: optionalBody,
    },
    async (request) => {
      const access = readBearerToken(request.headers.authorization ?? '')
      const { refreshToken } = request.body
      await signIns.logout({
        ...(access !== undefined && { access }),
        ...(refreshToken !== undefined && { refresh: refreshToken }),
      })
      return succeed({ signedOut: true as const })
    },
  )
}

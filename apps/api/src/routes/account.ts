import { Readable } from 'node:stream'
import { fitPassword } from '@bemore/accounts'
import type { UserRow } from '@bemore/store'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { createAccountAudit } from '../accounts/account-audit.js'
import { exportAccount } from '../accounts/account-export.js'
import { requireCaller } from '../accounts/caller.js'
import { createKnownUsers } from '../accounts/known-users.js'
import { UserReplySchema, viewUser } from '../accounts/user-view.js'
import { ApiError } from '../http/api-error.js'
import { BODY_FAILURES, failures, SuccessSchema, succeed, USER_FAILURES } from '../http/envelope.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'
import { fitUsername, PasswordSchema, UsernameSchema } from './sign-in.js'

const CHANGE_FAILURES = [...BODY_FAILURES, ...USER_FAILURES] as const
const CONFIRM_FAILURES = ['PASSWORD_WRONG', 'TOO_MANY_ATTEMPTS', ...CHANGE_FAILURES] as const

/** Nothing in it that would end the attribute some page puts it into. */
const HTTPS_ADDRESS = '^https://[^\\s"\'<>`\\\\]+$'

/** Of the signed-in user: to see, to change, to take along, to have gone. */
export function registerAccountRoutes(app: Routes, context: RouteContext): void {
  const { config, store, passwords, signIns, deleteAccount, callers, now } = context
  const audit = createAccountAudit(context.trail)
  const knownUsers = createKnownUsers(store.accounts)
  const rateLimit = { max: config.authRequestsPerMinute, timeWindow: 60_000 }

  const requireUser = async (request: FastifyRequest): Promise<UserRow> => {
    const user = await store.accounts.get(requireCaller(request).userId)
    // Deleted, by another process, a moment ago.
    if (user === null) throw new ApiError('TOKEN_INVALID')
    return user
  }

  app.get(
    '/api/auth/me',
    {
      config: { access: 'user' },
      schema: {
        tags: [TAGS.account],
        summary: 'Who is signed in',
        description:
          'While the database is away, as last seen by this process, with `X-BeMore-Stale: true`.',
        response: {
          200: SuccessSchema(UserReplySchema, 'The user'),
          ...failures(...USER_FAILURES),
        },
      },
    },
    async (request, reply) => {
      const { user, stale } = await knownUsers.read(requireCaller(request).userId)
      if (user === null) throw new ApiError('TOKEN_INVALID')
      void reply.header('cache-control', 'no-store')
      if (stale) void reply.header('x-bemore-stale', 'true')
      return succeed({ user: viewUser(user) })
    },
  )

  app.put(
    '/api/auth/profile',
    {
      config: { access: 'user' },
      schema: {
        tags: [TAGS.account],
        summary: 'Change the profile',
        description: 'What is not named stays.',
        body: Type.Object(
          {
            username: Type.Optional(UsernameSchema),
            profileImage: Type.Optional(
              OrNull(
                Type.String({ maxLength: 2_048, pattern: HTTPS_ADDRESS }),
                'Address of a picture, null: none; it is given back, and never fetched from here',
              ),
            ),
          },
          { examples: [{ username: '지민 K.' }] },
        ),
        response: {
          200: SuccessSchema(UserReplySchema, 'As it is now'),
          ...failures(...CHANGE_FAILURES),
        },
      },
    },
    async (request) => {
      const { username, profileImage } = request.body
      const user = await store.accounts.update(requireCaller(request).userId, {
        ...(username !== undefined && { username: fitUsername(username) }),
        ...(profileImage !== undefined && { profileImage }),
      })
      if (user === null) throw new ApiError('TOKEN_INVALID')
      return succeed({ user: viewUser(user) })
    },
  )

  app.put(
    '/api/auth/password',
    {
      config: { access: 'user', rateLimit },
      schema: {
        tags: [TAGS.account],
        summary: 'Change the password',
        description: 'Every other sign-in ends by it; this one goes on.',
        body: Type.Object(
          { currentPassword: PasswordSchema, newPassword: PasswordSchema },
          {
            examples: [
              { currentPassword: '바다를 보러 가자 2026', newPassword: '산에도 가 보자 2026' },
            ],
          },
        ),
        response: {
          200: SuccessSchema(Type.Object({ changed: Type.Literal(true) }), 'Changed'),
          ...failures('PASSWORD_UNFIT', ...CONFIRM_FAILURES),
        },
      },
    },
    async (request) => {
      const { currentPassword, newPassword } = request.body
      const user = await requireUser(request)
      const attempt = signIns.confirm(user, currentPassword, request.ip)
      const from = await audit.attempt('account.password', request, attempt)
      const fitted = fitPassword(newPassword, user)
      if ('fault' in fitted) throw new ApiError('PASSWORD_UNFIT')
      const { signInId } = requireCaller(request)
      const hash = await passwords.hash(fitted.password)
      const ended = await store.accounts.changePassword(user.id, { from, to: hash }, signInId)
      if (ended === null) throw new ApiError('PASSWORD_WRONG')
      callers.forget(ended)
      await audit.done('account.password', user.id, request)
      return succeed({ changed: true as const })
    },
  )

  app.get(
    '/api/auth/export',
    {
      config: { access: 'user' },
      schema: {
        tags: [TAGS.account],
        summary: 'Everything held of you',
        description: 'As JSON, to be kept: the account, and every session with its log.',
        response: {
          200: {
            description: 'The file',
            content: { 'application/json': { schema: Type.Object({}) } },
          },
          ...failures(...USER_FAILURES),
        },
      },
    },
    async (request, reply) => {
      const user = await requireUser(request)
      await audit.done('account.export', user.id, request)
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="bemore-${user.id}.json"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exportAccount(context, user, now())))
    },
  )

  app.delete(
    '/api/auth/account',
    {
      config: { access: 'user', rateLimit },
      schema: {
        tags: [TAGS.account],
        summary: 'Delete the account',
        description:
          'With all sessions, which are erased as `DELETE /api/session/{id}` does. It cannot be undone.',
        body: Type.Object(
          { password: PasswordSchema },
          { examples: [{ password: '바다를 보러 가자 2026' }] },
        ),
        response: {
          200: SuccessSchema(
            Type.Object({
              deleted: Type.Literal(true),
              sessionsErased: Type.Integer({ minimum: 0 }),
              receiptIds: Type.Array(Type.String({ examples: ['eras_3vYkq0J8Zt5cWm1xPbN7Lg'] }), {
                description: 'One an erased session',
              }),
              complete: Type.Boolean({
                description: 'False: there were very many, and the rest is erased within minutes',
              }),
            }),
            'It is gone',
          ),
          ...failures(...CONFIRM_FAILURES),
        },
      },
    },
    async (request) => {
      const user = await requireUser(request)
      const attempt = signIns.confirm(user, request.body.password, request.ip)
      await audit.attempt('account.delete', request, attempt)
      const { receipts, complete } = await deleteAccount(user.id)
      await audit.done('account.delete', user.id, request)
      return succeed({
        deleted: true as const,
        sessionsErased: receipts.length,
        receiptIds: receipts.map(({ receiptId }) => receiptId),
        complete,
      })
    },
  )
}

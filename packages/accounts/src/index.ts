export {
  type AccessClaims,
  type AccessTokens,
  type AccessVerdict,
  createAccessTokens,
  createTokenReader,
  type TokenReader,
} from './access-token.js'
export { fitEmail, fitPassword, normaliseEmail, type PasswordFault } from './credentials.js'
export { createPasswords, type Passwords, PasswordsBusyError } from './passwords.js'
export { createRefreshToken, digestRefreshToken } from './refresh-token.js'
export { createSignInCheck, type SignInCheck } from './sign-in-check.js'
export { loadSigningSecret, type SigningSecretConfig } from './signing-secret.js'
export { createSocketGuard, type SocketEntry, type SocketGuard } from './socket-guard.js'

import type { Environment } from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import { UsageError } from '../command.js'

/**
 * The language to speak: what was asked for, else the locale's (POSIX: LC_ALL before LC_MESSAGES
 * before LANG), else English.
 * @throws UsageError
 */
export function chooseLanguage(asked: string | undefined, env: Environment): Language {
  if (asked !== undefined) {
    if (asked === 'en' || asked === 'ko') return asked
    throw new UsageError(`--lang takes en or ko, not "${asked}"`)
  }
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^ko(_|\.|-|$)/i.test(locale) ? 'ko' : 'en'
}

import { isTimeZone } from '@bemore/protocol'
import { type Setting, string } from './setting.js'

/** Of what is shown of a person's sessions over time; part of `API_SETTINGS`. */
export const HISTORY_SETTINGS = {
  defaultTimeZone: timeZone(
    'DEFAULT_TIME_ZONE',
    'Where a day begins for clients that do not say where they are',
    'Asia/Seoul',
  ),
}

function timeZone(variable: string, describe: string, fallback: string): Setting<string> {
  return {
    ...string(variable, describe, { fallback }),
    expected: 'a time zone of the IANA database, as Asia/Seoul',
    parse(text) {
      if (!isTimeZone(text)) throw new Error('no such time zone')
      return text
    },
  }
}

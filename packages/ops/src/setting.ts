/** One configuration variable: its name outside, its meaning, and how its text becomes a value. */
export interface Setting<Value> {
  readonly variable: string
  /** A variable some platform sets by itself, read where the first is not set. */
  readonly alias?: string
  readonly describe: string
  /** Shown beside a fault: what would have been right. */
  readonly expected: string
  /** undefined: the variable must be set. */
  readonly fallback: Value | undefined
  /** Never printed, not even in a fault. */
  readonly secret: boolean
  /** Returns the value, or throws with a few words on what is wrong. */
  parse(text: string): Value
}

type Options<Value> = { readonly fallback?: Value; readonly secret?: boolean }

function setting<Value>(
  variable: string,
  describe: string,
  expected: string,
  options: Options<Value>,
  parse: (text: string) => Value,
): Setting<Value> {
  return {
    variable,
    describe,
    expected,
    fallback: options.fallback,
    secret: options.secret ?? false,
    parse,
  }
}

/** A whole number in `[min, max]`. */
export function integer(
  variable: string,
  describe: string,
  options: { readonly fallback?: number; readonly min: number; readonly max: number },
): Setting<number> {
  const { min, max } = options
  return setting(variable, describe, `a whole number from ${min} to ${max}`, options, (text) => {
    if (!/^-?\d+$/.test(text)) throw new Error('not a whole number')
    const value = Number(text)
    if (value < min || value > max) throw new Error('out of range')
    return value
  })
}

/** A number in `[min, max]`, written with a point. */
export function fraction(
  variable: string,
  describe: string,
  options: { readonly fallback?: number; readonly min: number; readonly max: number },
): Setting<number> {
  const { min, max } = options
  return setting(variable, describe, `a number from ${min} to ${max}`, options, (text) => {
    if (!/^\d*\.?\d+$/.test(text)) throw new Error('not a number')
    const value = Number(text)
    if (value < min || value > max) throw new Error('out of range')
    return value
  })
}

export function oneOf<Value extends string>(
  variable: string,
  describe: string,
  values: readonly Value[],
  options: { readonly fallback?: Value },
): Setting<Value> {
  return setting(variable, describe, `one of ${values.join(', ')}`, options, (text) => {
    const found = values.find((value) => value === text)
    if (found === undefined) throw new Error('not one of them')
    return found
  })
}

export function string(
  variable: string,
  describe: string,
  options: {
    readonly fallback?: string
    readonly alias?: string
    readonly secret?: boolean
    readonly minChars?: number
  },
): Setting<string> {
  const { alias, minChars = 0 } = options
  const expected = minChars === 0 ? 'a text' : `a text of at least ${minChars} characters`
  return {
    ...setting(variable, describe, expected, options, (text) => {
      if (text.length < minChars) throw new Error('too short')
      return text
    }),
    ...(alias === undefined ? {} : { alias }),
  }
}

/** A comma-separated list; empty items are dropped. */
export function list(
  variable: string,
  describe: string,
  options: { readonly fallback?: readonly string[] },
): Setting<readonly string[]> {
  return setting(variable, describe, 'a comma-separated list', options, (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
}

/**
 * A URL of one of the given schemes, kept as text without a trailing slash. A bare `host:port`, which
 * is how Render names a service to another, gets the first scheme.
 */
export function url(
  variable: string,
  describe: string,
  schemes: readonly string[],
  options: {
    readonly fallback?: string
    readonly secret?: boolean
    readonly alias?: string
    /** Kept to the letter: its path means something to somebody else. */
    readonly verbatim?: boolean
  },
): Setting<string> {
  const { alias, verbatim = false } = options
  const expected = `a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`
  const parse = (text: string) => {
    const whole = /^[\w.-]+:\d+$/.test(text) ? `${schemes[0]}://${text}` : text
    if (!URL.canParse(whole)) throw new Error('not a URL')
    const scheme = new URL(whole).protocol.slice(0, -1)
    if (!schemes.includes(scheme)) throw new Error(`its scheme is ${scheme}://`)
    return verbatim ? whole : whole.replace(/\/+$/, '')
  }
  return {
    ...setting(variable, describe, expected, options, parse),
    ...(alias === undefined ? {} : { alias }),
  }
}

export const MINUTE = 60_000

/** A length of time of at least a millisecond. */
export function milliseconds(
  variable: string,
  describe: string,
  fallback: number,
  max = 60 * MINUTE,
): Setting<number> {
  return integer(variable, `${describe}, ms`, { fallback, min: 1, max })
}

/** A number of things, at least one. */
export function count(
  variable: string,
  describe: string,
  fallback: number,
  max = 1_000_000,
): Setting<number> {
  return integer(variable, describe, { fallback, min: 1, max })
}

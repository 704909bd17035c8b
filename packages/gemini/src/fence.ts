import { randomBytes } from 'node:crypto'

/** Marks which text is a person's own words: an end of it cannot be written by who cannot guess it. */
export interface Fence {
  readonly name: string
  around(text: string): string
}

export function createFence(): Fence {
  const name = `words-${randomBytes(6).toString('hex')}`
  return { name, around: (text) => `<${name}>\n${text}\n</${name}>` }
}

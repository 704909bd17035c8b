/**
 * What a client says to have acknowledgements, flow control and lossless resume. A client that never
 * says it is a plain one, and is served as such.
 *
 * An epoch is one chain of connections of one client, whose frames it numbers through. `generation`
 * counts how often the chain went on at a process that did not remember it; the client hands back
 * what `ready` said, so that whoever it meets knows what it was last promised.
 */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { MAX_SEQ } from './frame-header.js'

const Seq = Type.Integer({ minimum: 0, maximum: MAX_SEQ })

/** A frame number for each channel that numbers its frames; absent where there is none yet. */
export const ChannelSeqs = Type.Object({
  landmarks: Type.Optional(Seq),
  voice: Type.Optional(Seq),
})
export type ChannelSeqs = Static<typeof ChannelSeqs>

export const HelloData = Type.Object({
  sdk: Type.String({ maxLength: 64, description: 'Name and version of the client' }),
  epoch: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'Of the last `ready`, to resume it' }),
  ),
  generation: Type.Optional(
    Type.Integer({ minimum: 0, maximum: MAX_SEQ, description: 'Of the last `ready`' }),
  ),
  ackedSeq: Type.Optional(ChannelSeqs),
  lastFrameSeq: Type.Optional(ChannelSeqs),
  lastEventSeq: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Highest event number seen, to be told what came since',
    }),
  ),
  clientTime: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 8.64e15,
      description: 'Now, on the clock that stamps the frames, Unix ms',
    }),
  ),
})
export type HelloData = Static<typeof HelloData>

/** The data of a parsed `hello` message, or null where it does not fit. */
export function readHello(message: unknown): HelloData | null {
  if (typeof message !== 'object' || message === null || !('data' in message)) return null
  return Check(HelloData, message.data) ? message.data : null
}

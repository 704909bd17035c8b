import { CHANNELS, type Channel, type ServerMessage } from '@bemore/protocol'

/**
 * The web client drops what has a number that it has seen on a channel. A window says how far the log
 * is known here, and that may stand still from one to the next: the database is away, or another
 * process has appended in between. Such a message goes without a number; one that has told it before
 * has told it all.
 */
export interface ToldNumbers {
  /** The message, without its `seq` where a channel it goes to has had that one or a later one. */
  onlyNew(message: ServerMessage, to?: Channel): ServerMessage
}

export function createToldNumbers(): ToldNumbers {
  const highest: Record<Channel, number> = { landmarks: 0, voice: 0, session: 0 }

  return {
    onlyNew(message, to) {
      if (!('seq' in message) || message.seq === undefined) return message
      const { seq, ...rest } = message
      const channels = to === undefined ? CHANNELS : [to]
      if (channels.some((channel) => seq <= highest[channel])) return rest as ServerMessage
      for (const channel of channels) highest[channel] = seq
      return message
    },
  }
}

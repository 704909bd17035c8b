/**
 * Who holds each channel of a session. One connection a channel, over all processes: the newest wins.
 * Within this process "newest" is the order of arrival. Between processes it is the order of their
 * `channel.opened` events in the log, the one order both see: whoever reads a later one than its own
 * gives way, so of two that open at once exactly one stays.
 */
import type { SessionEventData } from '@bemore/core'
import { CHANNELS, type Channel } from '@bemore/protocol'
import type { Peer, Seat } from './peer.js'

export interface ChannelSeats {
  /** Seats a new peer; those it takes a channel from lose their seats and are returned. */
  take(peer: Peer): Peer[]
  /** Gives up every seat the peer holds; false if it holds none (any more). */
  leave(peer: Peer): boolean
  holder(channel: Channel): Peer | null
  /** Whether a connection holds the channel, here or (as far as the log was followed) elsewhere. */
  isHeld(channel: Channel): boolean
  /** A `channel.opened` of the log, in order. Returns the peer here that has to give way to it. */
  openedInLog(opened: SessionEventData<'channel.opened'>): Peer | null
  /**
   * A `channel.closed` of the log. Returns whether it speaks of a connection that is open here: another
   * process took this one for dead, because it could not reach the database for a while.
   */
  closedInLog(closed: SessionEventData<'channel.closed'>): boolean
  /** Each seated peer once. */
  peers(): Peer[]
}

interface Place {
  holder: Peer | null
  /** The holder's own `channel.opened` has been seen in the log. */
  confirmed: boolean
  /** Connection id of another process's holder. */
  elsewhere: string | null
}

export function createChannelSeats(processId: string): ChannelSeats {
  const createPlace = (): Place => ({ holder: null, confirmed: false, elsewhere: null })
  const places: Readonly<Record<Channel, Place>> = {
    landmarks: createPlace(),
    voice: createPlace(),
    session: createPlace(),
  }
  const seatIn = (peer: Peer, channel: Channel): Seat | undefined =>
    peer.seats.find((seat) => seat.channel === channel)

  const leave = (peer: Peer): boolean => {
    let held = false
    for (const { channel } of peer.seats) {
      if (places[channel].holder !== peer) continue
      places[channel].holder = null
      held = true
    }
    return held
  }

  return {
    take(peer) {
      const replaced = new Set<Peer>()
      for (const { channel } of peer.seats) {
        const { holder } = places[channel]
        if (holder !== null) replaced.add(holder)
      }
      // A multiplexed socket that lost one channel closes, so it gives up the other two as well.
      for (const other of replaced) leave(other)
      for (const { channel } of peer.seats) {
        places[channel].holder = peer
        places[channel].confirmed = false
      }
      return [...replaced]
    },
    leave,
    holder: (channel) => places[channel].holder,
    isHeld: (channel) => places[channel].holder !== null || places[channel].elsewhere !== null,
    openedInLog(opened) {
      const place = places[opened.channel]
      const { holder } = place
      if (holder !== null && seatIn(holder, opened.channel)?.connectionId === opened.connectionId) {
        place.confirmed = true
        place.elsewhere = null
        return null
      }
      // One of our own that was replaced here already.
      if (opened.processId === processId) return null
      place.elsewhere = opened.connectionId
      return place.confirmed ? holder : null
    },
    closedInLog(closed) {
      const place = places[closed.channel]
      if (place.elsewhere === closed.connectionId) place.elsewhere = null
      const { holder } = place
      return holder !== null && seatIn(holder, closed.channel)?.connectionId === closed.connectionId
    },
    peers: () => [
      ...new Set(CHANNELS.map((channel) => places[channel].holder).filter((peer) => peer !== null)),
    ],
  }
}

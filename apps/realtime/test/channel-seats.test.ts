import { CHANNELS, type SocketScope } from '@bemore/protocol'
import t from 'tap'
import { type ChannelSeats, createChannelSeats } from '../src/channel-seats.js'
import type { Peer } from '../src/peer.js'

const HERE = 'here'

function createSeated(seats: ChannelSeats, name: string, scope: SocketScope): Peer {
  const channels = scope === 'all' ? CHANNELS : [scope]
  const peer = {
    scope,
    seats: channels.map((channel) => ({ channel, connectionId: `${name}-${channel}` })),
  } as unknown as Peer
  seats.take(peer)
  return peer
}

const opened = (connectionId: string, processId: string) => ({
  ...{ channel: 'voice' as const, connectionId, processId },
})

t.test('a newer connection takes the channel from an older one', async (t) => {
  const seats = createChannelSeats(HERE)
  const older = createSeated(seats, 'older', 'voice')
  const camera = createSeated(seats, 'camera', 'landmarks')
  const newer = { ...older, seats: [{ channel: 'voice', connectionId: 'newer' }] } as Peer
  t.same(seats.take(newer), [older])
  t.equal(seats.holder('voice'), newer)
  t.equal(seats.holder('landmarks'), camera)
  t.notOk(seats.leave(older), 'it has no seat to leave any more')
  t.equal(seats.holder('voice'), newer)
})

t.test('a multiplexed connection that loses one channel loses all', async (t) => {
  const seats = createChannelSeats(HERE)
  createSeated(seats, 'everything', 'all')
  t.equal(seats.peers().length, 1)
  const voice = createSeated(seats, 'voice', 'voice')
  t.same(seats.peers(), [voice])
  t.equal(seats.holder('landmarks'), null)
})

t.test('between processes the later place in the log wins', async (t) => {
  const seats = createChannelSeats(HERE)
  const ours = createSeated(seats, 'ours', 'voice')
  t.equal(seats.openedInLog(opened('earlier', 'elsewhere')), null, 'ours is yet to come')
  t.equal(seats.openedInLog(opened('ours-voice', HERE)), null)
  t.equal(seats.openedInLog(opened('later', 'elsewhere')), ours)
})

t.test('an older connection of our own, appended late, replaces nobody', async (t) => {
  const seats = createChannelSeats(HERE)
  createSeated(seats, 'first', 'voice')
  const second = createSeated(seats, 'second', 'voice')
  t.equal(seats.openedInLog(opened('first-voice', HERE)), null)
  t.equal(seats.openedInLog(opened('second-voice', HERE)), null)
  t.equal(seats.holder('voice'), second)
})

t.test('a channel that is held elsewhere is held, until it is closed there', async (t) => {
  const seats = createChannelSeats(HERE)
  t.notOk(seats.isHeld('voice'))
  seats.openedInLog(opened('there', 'elsewhere'))
  t.ok(seats.isHeld('voice'))
  seats.closedInLog({ ...opened('another', 'elsewhere'), code: 1000 })
  t.ok(seats.isHeld('voice'), 'that was another connection')
  seats.closedInLog({ ...opened('there', 'elsewhere'), code: 1000 })
  t.notOk(seats.isHeld('voice'))
})

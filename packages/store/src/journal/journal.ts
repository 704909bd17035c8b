import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger, StoreConfig } from '@bemore/ops'
import { type Backlog, createMemoryBacklog, type QueuedEvent } from '../queue/backlog.js'
import { createAdoption } from './adoption.js'
import { describeFault, hasCode } from './disk-fault.js'
import { createFaults } from './faults.js'
import { thisProcess } from './owner.js'
import { decodePayload, encodeRecord, findRecords } from './record.js'
import type { Segment } from './segment.js'
import { createSegmentChain } from './segment-chain.js'

export type JournalConfig = Pick<
  StoreConfig,
  'journalDir' | 'journalMaxBytes' | 'journalSegmentBytes' | 'eventQueueLimit'
>

/** Said instead of a folder. */
const OFF = 'off'
/** Events held in memory beside the disk; more are read back when their turn comes. */
const MEMORY_EVENTS = 2_000
/** Giving up a segment gives up this part of the whole at most. */
const LEAST_SEGMENTS = 8
/** How often others are looked at, and shown a sign of life. */
const ADOPT_MS = 5_000
const SILENCE_MS = 3 * ADOPT_MS

/**
 * A backlog that survives its process: every event is written to a file as it is pushed, which a
 * killed process cannot take back, and synced to the disk when asked, which a lost machine cannot.
 *
 * In order of age: `head` is in memory and on disk, then come events on disk only, then `unwritten`,
 * which the disk did not take and are written when it does again. When the journal is full the oldest
 * segment is given up: after a long outage the sessions of now matter more than those of its start.
 */
export function createJournal(config: JournalConfig, log: Logger): Backlog {
  if (config.journalDir === OFF) return createMemoryBacklog(config.eventQueueLimit)
  const { journalDir: root, journalMaxBytes: maxBytes } = config
  const owner = thisProcess()
  const segmentBytes = Math.min(config.journalSegmentBytes, Math.floor(maxBytes / LEAST_SEGMENTS))
  const chain = createSegmentChain(root, owner, segmentBytes)
  const adoption = createAdoption({ root, owner, log, silenceMs: SILENCE_MS })
  const head = createMemoryBacklog(Number.POSITIVE_INFINITY)
  const unwritten = createMemoryBacklog(config.eventQueueLimit)
  const faults = createFaults(log)
  /** Of events in memory: where they lie on disk. */
  const homes = new Map<QueuedEvent, Segment>()
  /** Events in memory that lie nowhere. */
  const homeless = new Set<QueuedEvent>()
  let onDiskOnly = 0
  let tending = false
  /** That the folder takes files is known before there is anything to lose. */
  let isTried = false
  let adoptAt = 0

  const { fail, heal, reportDamage } = faults

  const settleIn = (segment: Segment, count: number) => {
    try {
      chain.settle(segment, count)
    } catch (error) {
      // What is appended and not removed is appended again, to no effect.
      fail(error)
    }
  }
  /** @throws an error of the system */
  const write = (event: QueuedEvent, record: Buffer) => {
    const segment = chain.append(record)
    homeless.delete(event)
    if (onDiskOnly > 0 || head.size >= MEMORY_EVENTS) {
      onDiskOnly += 1
      return
    }
    segment.loaded += 1
    homes.set(event, segment)
    head.push(event)
  }
  const keepInMemory = (event: QueuedEvent): readonly QueuedEvent[] => {
    homeless.add(event)
    const givenUp = unwritten.push(event)
    for (const each of givenUp) homeless.delete(each)
    return givenUp
  }

  /** @returns null where the disk may yet give them */
  const readUnloaded = (segment: Segment): QueuedEvent[] | null => {
    const wanted = segment.count - segment.loaded
    if (wanted === 0) return []
    let events: QueuedEvent[] = []
    let failure: unknown
    try {
      const { payloads } = findRecords(segment.read())
      events = payloads.slice(segment.loaded).flatMap((payload) => decodePayload(payload) ?? [])
    } catch (error) {
      // Out of descriptors, or an I/O error that may pass: only a file that is gone stays gone.
      if (!hasCode(error, 'ENOENT')) return null
      failure = error
    }
    if (events.length < wanted) reportDamage(wanted - events.length, failure)
    return events
  }
  /** Moves the events of the oldest segment that has any to memory. */
  const load = (): boolean => {
    const segment = chain.segments.find(({ loaded, count }) => loaded < count)
    const events = segment === undefined ? null : readUnloaded(segment)
    if (segment === undefined || events === null) return false
    const lost = segment.count - segment.loaded - events.length
    onDiskOnly -= segment.count - segment.loaded
    segment.loaded = segment.count
    for (const event of events) {
      homes.set(event, segment)
      head.push(event)
    }
    if (lost > 0) {
      segment.taken += lost
      settleIn(segment, lost)
    }
    return true
  }

  const giveUpOldest = (): QueuedEvent[] => {
    // What was taken may be in the log already, or will be at once.
    const isIdle = (each: Segment) => each !== chain.current && each.taken === each.settled
    const oldest = chain.segments.find(isIdle)
    const unloaded = oldest === undefined ? null : readUnloaded(oldest)
    if (oldest === undefined || unloaded === null) return []
    const inMemory = head.take(head.size)
    const givenUp = inMemory.filter((event) => homes.get(event) === oldest)
    for (const event of inMemory) if (homes.get(event) !== oldest) head.push(event)
    for (const event of givenUp) homes.delete(event)
    onDiskOnly -= oldest.count - oldest.loaded
    try {
      chain.remove(oldest)
    } catch (error) {
      // A file that stays is taken over by the next process, to which its events are old.
      fail(error)
    }
    return [...givenUp, ...unloaded]
  }
  const makeRoom = (bytes: number): readonly QueuedEvent[] => {
    const givenUp: QueuedEvent[] = []
    while (chain.bytes + bytes > maxBytes) {
      const events = giveUpOldest()
      if (events.length === 0) break
      givenUp.push(...events)
    }
    return givenUp
  }

  const take = (count: number): QueuedEvent[] => {
    const taken = head.take(count)
    while (taken.length < count && onDiskOnly > 0 && load()) {
      taken.push(...head.take(count - taken.length))
    }
    for (const event of taken) {
      const home = homes.get(event)
      if (home !== undefined) home.taken += 1
    }
    if (taken.length < count && onDiskOnly === 0)
      taken.push(...unwritten.take(count - taken.length))
    // The oldest must be known without reading.
    if (head.size === 0 && onDiskOnly > 0) load()
    return taken
  }

  /** @returns what the disk still does not take */
  const writeAll = (events: readonly QueuedEvent[]): readonly QueuedEvent[] => {
    for (const [index, event] of events.entries()) {
      try {
        write(event, encodeRecord(event))
      } catch (error) {
        fail(error)
        return events.slice(index)
      }
      heal()
    }
    return []
  }
  /** With nothing to write, whether the folder takes files again would never be known. */
  const tryToWrite = () => {
    const path = join(root, `probe.${process.pid}`)
    mkdirSync(root, { recursive: true, mode: 0o700 })
    writeFileSync(path, 'probe')
    unlinkSync(path)
    isTried = true
    heal()
  }
  /** Somebody removed the files: writing to them would succeed, and keep nothing. */
  const forgetMissing = () => {
    for (const segment of chain.segments.filter((each) => !each.exists())) {
      fail(new Error(`ENOENT: ${segment.path} was removed`))
      for (const [event, home] of homes) {
        if (home !== segment) continue
        homes.delete(event)
        homeless.add(event)
      }
      const lost = segment.count - segment.loaded
      onDiskOnly -= lost
      if (lost > 0) reportDamage(lost, new Error('the file was removed'))
      chain.remove(segment)
    }
  }
  const adopt = async () => {
    if (performance.now() < adoptAt) return
    adoptAt = performance.now() + ADOPT_MS
    chain.touch()
    if (faults.isUnwritable || unwritten.size > 0) return
    for (;;) {
      const room = chain.bytes === 0 ? Number.POSITIVE_INFINITY : maxBytes - chain.bytes
      const found = await adoption.claimNext(room)
      if (found === null) return
      faults.addDamage(found.damaged)
      chain.adopt(found.segments)
      for (const { count } of found.segments) onDiskOnly += count
      if (head.size === 0) load()
    }
  }

  const sync = async () => {
    if (homeless.size > 0) return false
    try {
      await chain.sync()
      faults.healSync()
      return true
    } catch (error) {
      faults.failSync(error)
      return false
    }
  }

  return {
    push(event) {
      const record = encodeRecord(event)
      if (unwritten.size > 0) return keepInMemory(event)
      const givenUp = makeRoom(record.length)
      try {
        write(event, record)
        heal()
        return givenUp
      } catch (error) {
        fail(error)
        return [...givenUp, ...keepInMemory(event)]
      }
    },
    take,
    settle(events) {
      const done = new Map<Segment, number>()
      for (const event of events) {
        homeless.delete(event)
        const home = homes.get(event)
        if (home === undefined) continue
        homes.delete(event)
        done.set(home, (done.get(home) ?? 0) + 1)
      }
      for (const [segment, count] of done) settleIn(segment, count)
    },
    get size() {
      return head.size + onDiskOnly + unwritten.size
    },
    get oldest() {
      return head.oldest ?? unwritten.oldest
    },
    sync,
    async tend() {
      if (tending) return
      tending = true
      try {
        forgetMissing()
        for (const rest of writeAll(unwritten.take(unwritten.size))) unwritten.push(rest)
        if (homeless.size === 0 && (faults.isUnwritable || !isTried)) tryToWrite()
      } catch (error) {
        fail(error)
      }
      await adopt().catch((error: unknown) => {
        const detail = describeFault(error)
        log.warn({ event: 'journal.not_adopted', detail }, 'a journal could not be taken over')
      })
      tending = false
    },
    get condition() {
      const { detail, damaged } = faults
      const state = detail === null ? ('writable' as const) : ('unwritable' as const)
      return { state, bytes: chain.bytes, detail, damaged }
    },
    async close(taken) {
      const held = [...taken, ...head.take(head.size)].filter((event) => homeless.has(event))
      writeAll([...held, ...unwritten.take(unwritten.size)])
      try {
        chain.close()
      } catch (error) {
        fail(error)
      }
      return [...homeless]
    },
  }
}

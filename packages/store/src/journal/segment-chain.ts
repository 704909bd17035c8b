/**
 * The segments of this process, oldest first, and the folders they lie in: its own, and those taken
 * over from the dead. Only the last is written to. A segment is removed when the last of its events is
 * done with; the one written to is emptied instead, so an idle journal takes no room.
 */
import { mkdirSync, renameSync, rmdirSync, utimesSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { folderNameOf, type Owner, parseFolderName, releasedFolderName } from './owner.js'
import { createSegment, type Segment } from './segment.js'

export interface SegmentChain {
  readonly segments: readonly Segment[]
  readonly current: Segment | null
  readonly bytes: number
  /** @returns the segment it lies in. @throws an error of the system */
  append(record: Buffer): Segment
  /** `count` more of its events, from the front, are done with. */
  settle(segment: Segment, count: number): void
  /** Puts segments behind those there are; what is appended from now on comes after them. */
  adopt(segments: readonly Segment[]): void
  remove(segment: Segment): void
  /** @throws an error of the system */
  sync(): Promise<void>
  /** A sign of life to those who cannot see this process. */
  touch(): void
  /** Leaves what is not done with to whoever comes. */
  close(): void
}

export function createSegmentChain(root: string, owner: Owner, segmentBytes: number): SegmentChain {
  const ownFolder = join(root, folderNameOf(owner, Date.now()))
  let segments: Segment[] = []
  let current: Segment | null = null
  let bytes = 0
  let made = 0
  let isFolderSynced = false

  const folders = () => new Set(segments.map(({ path }) => dirname(path)))
  const remove = (segment: Segment) => {
    if (segment === current) current = null
    bytes -= segment.bytes
    segments = segments.filter((each) => each !== segment)
    segment.remove()
    const folder = dirname(segment.path)
    if (folder !== ownFolder && !folders().has(folder)) removeFolder(folder)
  }
  const seal = () => {
    current?.seal()
    if (current?.count === 0) remove(current)
    current = null
  }
  const startSegment = (): Segment => {
    mkdirSync(ownFolder, { recursive: true, mode: 0o700 })
    made += 1
    current = createSegment(join(ownFolder, `${String(made).padStart(8, '0')}.journal`))
    segments.push(current)
    isFolderSynced = false
    return current
  }

  return {
    get segments() {
      return segments
    },
    get current() {
      return current
    },
    get bytes() {
      return bytes
    },
    append(record) {
      const isFull = current !== null && current.bytes + record.length > segmentBytes
      if (isFull) seal()
      const segment = current ?? startSegment()
      try {
        segment.append(record)
      } catch (error) {
        // Whatever is wrong with this file need not be wrong with the next.
        seal()
        throw error
      }
      bytes += record.length
      return segment
    },
    settle(segment, count) {
      segment.settled += count
      if (segment.settled < segment.count || !segments.includes(segment)) return
      if (segment !== current) return remove(segment)
      bytes -= segment.bytes
      segment.clear()
    },
    adopt(adopted) {
      seal()
      segments.push(...adopted)
      for (const segment of adopted) bytes += segment.bytes
    },
    remove,
    async sync() {
      for (const segment of [...segments]) {
        await segment.sync().catch((error: unknown) => {
          // Done with meanwhile, its events need no disk any more.
          if (segments.includes(segment)) throw error
        })
      }
      if (isFolderSynced) return
      isFolderSynced = true
      try {
        await syncFolder(ownFolder)
        await syncFolder(root)
      } catch (error) {
        isFolderSynced = false
        throw error
      }
    },
    touch() {
      const time = new Date()
      for (const folder of folders()) utimesSync(folder, time, time)
    },
    close() {
      seal()
      for (const folder of folders()) {
        const madeAt = parseFolderName(basename(folder))?.madeAt ?? Date.now()
        renameSync(folder, join(root, releasedFolderName(madeAt)))
      }
      if (!folders().has(ownFolder)) removeFolder(ownFolder)
    },
  }
}

/** A new file survives the machine only when its name does. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Nothing depends on its going: an empty folder is taken over and removed by the next process. */
function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch {}
}

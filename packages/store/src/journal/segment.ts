/**
 * One file of a journal. Events leave in the order they came, so three counts say all there is to know
 * of them: `settled` ≤ `taken` ≤ `loaded` ≤ `count`, each from the front.
 */
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'

export interface Segment {
  readonly path: string
  /** Of whole records. */
  readonly bytes: number
  readonly count: number
  /** Events that are, or were, in memory; the others are on disk only. */
  loaded: number
  /** Events handed out for appending. */
  taken: number
  /** Events done with. */
  settled: number
  /**
   * Adds a record; a write that fails half-way leaves nothing behind.
   * @throws an error of the system
   */
  append(record: Buffer): void
  /** @throws an error of the system */
  read(): Buffer
  /** Resolves when everything appended so far survives the machine. */
  sync(): Promise<void>
  /** Empties the file, which is used on. */
  clear(): void
  /** No more is appended. */
  seal(): void
  remove(): void
  exists(): boolean
}

/** Utterances are in it: for this user only. */
const FILE_MODE = 0o600

/** @throws an error of the system */
export function createSegment(path: string): Segment {
  const { O_CREAT, O_EXCL, O_RDWR } = constants
  return openSegment(path, openSync(path, O_CREAT | O_EXCL | O_RDWR, FILE_MODE), 0, 0)
}

/** One that another process wrote; nothing is appended to it. */
export function adoptSegment(path: string, count: number, bytes: number): Segment {
  return openSegment(path, null, count, bytes)
}

function openSegment(path: string, writable: number | null, found: number, size: number): Segment {
  let fd = writable
  let count = found
  let bytes = size
  let syncedBytes = 0
  let isSuspect = false
  /** What a sync under way covers is over when the file has been emptied meanwhile. */
  let emptied = 0

  const seal = () => {
    if (fd !== null) closeSync(fd)
    fd = null
  }
  /** @throws when the file cannot be brought back to its last whole record */
  const writeWhole = (file: number, record: Buffer) => {
    try {
      let written = 0
      // A disk that fills up takes a part first, and refuses the rest.
      while (written < record.length) {
        written += writeSync(file, record, written, record.length - written, bytes + written)
      }
    } catch (error) {
      ftruncateSync(file, bytes)
      throw error
    }
  }

  const segment: Segment = {
    path,
    get bytes() {
      return bytes
    },
    get count() {
      return count
    },
    loaded: 0,
    taken: 0,
    settled: 0,
    append(record) {
      if (fd === null) throw new Error('the segment is sealed')
      writeWhole(fd, record)
      count += 1
      bytes += record.length
    },
    read: () => readFileSync(path),
    async sync() {
      if (isSuspect) throw new Error('an earlier sync of this segment failed')
      if (syncedBytes === bytes) return
      const [upTo, during] = [bytes, emptied]
      // By a descriptor of its own: the other may be closed meanwhile, and its number used again.
      const file = await open(path, 'r')
      try {
        await file.datasync()
        if (during === emptied) syncedBytes = upTo
      } catch (error) {
        // The kernel may have given the pages up, and would call the next sync a success.
        isSuspect = true
        throw error
      } finally {
        await file.close()
      }
    },
    clear() {
      if (fd === null) return
      ftruncateSync(fd, 0)
      count = 0
      bytes = 0
      syncedBytes = 0
      isSuspect = false
      emptied += 1
      segment.loaded = 0
      segment.taken = 0
      segment.settled = 0
    },
    seal,
    remove() {
      seal()
      if (existsSync(path)) unlinkSync(path)
    },
    exists: () => existsSync(path),
  }
  return segment
}

import {
  createFaceEngine,
  createFaceWindow,
  type FaceEstimate,
  WINDOW_MS,
  windowIndexAt,
} from '@bemore/core'
import { createLandmarkFrame } from '@bemore/protocol'
import type { Sql } from 'postgres'
import type { WebSocket } from 'ws'
import { affectMessage, isNews } from './affect-message.js'
import { insertWindow } from './database.js'

const AFFECT_GAP_MS = 200

export interface LandmarksMessage {
  readonly type: 'landmarks'
  readonly data: readonly { readonly x: number; readonly y: number; readonly z: number }[]
  readonly timestamp: number
}

/** A session somebody is connected to. */
export class LiveSession {
  readonly #id: string
  readonly #startedAt: number
  readonly #sql: Sql
  readonly #sockets = new Set<WebSocket>()
  readonly #engine = createFaceEngine()
  readonly #window = createFaceWindow()
  readonly #frame = createLandmarkFrame()
  readonly #timer: NodeJS.Timeout
  #windowStart = Date.now()
  #lastAffect: { at: number; estimate: FaceEstimate } | null = null

  constructor(id: string, startedAt: Date, sql: Sql) {
    this.#id = id
    this.#startedAt = startedAt.getTime()
    this.#sql = sql
    this.#timer = setInterval(() => void this.closeWindow(), WINDOW_MS)
  }

  join(socket: WebSocket): void {
    this.#sockets.add(socket)
  }

  /** @returns whether nobody is left */
  leave(socket: WebSocket): boolean {
    this.#sockets.delete(socket)
    return this.#sockets.size === 0
  }

  observe(message: LandmarksMessage, socket: WebSocket): void {
    const { data, timestamp } = message
    if (!Array.isArray(data) || (data.length !== 478 && data.length !== 468)) {
      this.#window.countRejected()
      return
    }
    const { points } = this.#frame
    for (let i = 0; i < data.length; i++) {
      const { x, y, z } = data[i]!
      points[i * 3] = x
      points[i * 3 + 1] = y
      points[i * 3 + 2] = z
    }
    this.#frame.count = data.length
    this.#frame.faceInView = true
    const estimate = this.#engine.observe(this.#frame, timestamp)
    this.#window.add(estimate, Date.now())
    this.#sendAffect(estimate, socket)
  }

  #sendAffect(estimate: FaceEstimate, socket: WebSocket): void {
    const now = Date.now()
    const last = this.#lastAffect
    if (last !== null && (now - last.at < AFFECT_GAP_MS || !isNews(estimate, last.estimate))) return
    this.#lastAffect = { at: now, estimate: { ...estimate } }
    socket.send(JSON.stringify(affectMessage(estimate, now)))
  }

  /** Stores what has been seen since the last window and tells the client. */
  async closeWindow(): Promise<void> {
    const now = Date.now()
    const start = this.#windowStart
    this.#windowStart = now
    if (this.#window.isEmpty()) return
    const index = windowIndexAt(this.#startedAt, start)
    const window = this.#window.toData(index, start, now)
    this.#window.clear()
    try {
      await insertWindow(this.#sql, this.#id, window)
    } catch (error) {
      console.error(`window of ${this.#id} is lost`, error)
    }
    const message = JSON.stringify({
      type: 'emotion_update',
      data: {
        emotion: window.label,
        confidence: window.confidence,
        frameCount: window.frames,
        sttSnippet: '',
        timestamp: now,
        valence: window.valence,
        arousal: window.arousal,
        dominance: window.dominance,
        quality: window.quality,
        window: index,
      },
    })
    for (const socket of this.#sockets) socket.send(message)
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.closeWindow()
    for (const socket of this.#sockets) socket.close(1000)
  }
}

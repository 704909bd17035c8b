/** One session of somebody who talks, and what its answers rested on. */
import { readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import type { System } from '../system/system.js'

export interface CompanionRow {
  readonly situation: string
  readonly chat: string
  readonly chatMs: number
  readonly emotion: string
  readonly transcription: string
  readonly narrative: string
  /** Status of report, page and PDF. */
  readonly reports: string
  /** First cause the processes name, or `–`. */
  readonly cause: string
  readonly faults: readonly string[]
}

const PATIENCE_MS = 30_000
const SAID = '저는 하는 일마다 실패해요. 역시 나는 실패자예요.'
const MESSAGE = '오늘 하루가 너무 길었어요.'
const NO_MODEL: ReadonlySet<number> = new Set([422, 503])

export async function runCompanionSession(
  system: System,
  situation: string,
): Promise<CompanionRow> {
  const faults: string[] = []
  const { apiUrl: base } = system
  const session = await postJson(`${base}/api/session/start`, { language: 'ko' })
  const id = textOf(session, 'sessionId')
  const said = await postJson(`${base}/api/session/${id}/utterances`, { text: SAID })
  if (said['finding'] === null) faults.push('no finding')
  const chat = await chatOnce(system, id)
  if (chat.chars === 0) faults.push('the chat said nothing')
  const emotion = await postJson(`${base}/api/emotion`, { text: MESSAGE })
  const transcription = await transcribe(base)
  if (!transcription.isExpected) faults.push(`transcription: ${transcription.words}`)
  await postJson(`${base}/api/session/${id}/end`, {})
  const narrative = await getJson(`${base}/api/session/${id}/report/narrative`)
  const paths = ['report', 'report.html', 'report/pdf']
  const statuses = await Promise.all(
    paths.map(async (path) => (await fetch(`${base}/api/session/${id}/${path}`)).status),
  )
  if (statuses.some((status) => status !== 200)) faults.push(`reports: ${statuses.join(', ')}`)
  return {
    ...{ situation, faults },
    chat: chat.words,
    chatMs: chat.ms,
    emotion: sourceOf(emotion),
    transcription: transcription.words,
    narrative: sourceOf(narrative),
    reports: statuses.join(', '),
    cause: await firstCause(system),
  }
}

type Data = Record<string, unknown>

async function readData(response: Response): Promise<Data> {
  const body = (await response.json()) as { data?: Data; error?: { code: string } }
  if (body.data === undefined) throw new Error(`${response.url}: ${body.error?.code}`)
  return body.data
}

const getJson = async (url: string): Promise<Data> => readData(await fetch(url))
const postJson = async (url: string, body: object): Promise<Data> =>
  readData(
    await fetch(url, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(body),
    }),
  )

const textOf = (data: Data, key: string): string => String(data[key] ?? '')
const sourceOf = (data: Data): string =>
  [textOf(data, 'source'), textOf(data, 'reason')].filter(Boolean).join(', ')

async function transcribe(base: string): Promise<{ words: string; isExpected: boolean }> {
  const form = new FormData()
  // What it holds does not matter to the fake; a real recording is no business of this.
  const sound = new Blob([readFileSync(new URL(import.meta.url)).subarray(0, 2_000)])
  form.append('audio', new Blob([sound], { type: 'audio/webm' }), 'audio.webm')
  const response = await fetch(`${base}/api/stt/transcribe`, { method: 'POST', body: form })
  const body = (await response.json()) as { error?: { code: string } }
  const words = response.ok ? 'gemini' : `${response.status} ${body.error?.code}`
  return { words, isExpected: response.ok || NO_MODEL.has(response.status) }
}

interface ChatOutcome {
  readonly words: string
  readonly chars: number
  readonly ms: number
}

/** Asks once over the session socket. @throws Error where the reply does not end */
function chatOnce({ realtimeUrl }: System, id: string): Promise<ChatOutcome> {
  const socket = new WebSocket(`${realtimeUrl.replace('http', 'ws')}/ws/session/${id}`)
  const started = performance.now()
  let chars = 0
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.terminate()
      reject(new Error('the reply did not end'))
    }, PATIENCE_MS)
    socket.on('error', reject)
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'request_ai_response', data: { message: MESSAGE } }))
    })
    socket.on('message', (raw) => {
      const { type, data } = JSON.parse(String(raw)) as { type: string; data: Data }
      if (type === 'ai_stream_chunk') chars += textOf(data, 'chunk').length
      if (type !== 'ai_stream_complete' && type !== 'ai_stream_error') return
      clearTimeout(timer)
      socket.close()
      const words = type === 'ai_stream_error' ? `error ${textOf(data, 'code')}` : sourceOf(data)
      resolve({ words, chars, ms: Math.round(performance.now() - started) })
    })
  })
}

async function firstCause({ apis, realtimes }: System): Promise<string> {
  const documents = await Promise.all(
    [...apis, ...realtimes].map(async ({ url }) => {
      const response = await fetch(`${url}/health`)
      return JSON.stringify(await response.json())
    }),
  )
  return /GEMINI_[A-Z_]+/.exec(documents.join(' '))?.[0] ?? '–'
}

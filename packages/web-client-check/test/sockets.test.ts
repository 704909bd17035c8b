import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { LANDMARKS_FRAME_FILE, openSessionSockets, readVoiceAnalysis } from '@bemore/testing'
import t, { type Test } from 'tap'
import WebSocket from 'ws'
import { until } from '../src/index.js'
import { createTestClient, enter, startBackend } from './test-client.js'

t.setTimeout(120_000)

const FRAME = JSON.parse(readFileSync(LANDMARKS_FRAME_FILE, 'utf8')) as object
const NAMES = ['landmarks', 'voice', 'session'] as const
const FRAME_MS = 100
const PING_MS = 300
/** Frames that a pause may meet between client and server. */
const ON_THE_WAY = 5

interface Shown {
  readonly emotions: { readonly name: string; readonly snippet: string | null }[]
  readonly voices: (object | null)[]
  readonly subtitles: string[]
  readonly chunks: string[]
}

/** The three sockets of a session, with a hurried ping, and landmarks where asked for. */
function openSockets(t: Test, apiUrl: string, sessionId: string) {
  const shown: Shown = { emotions: [], voices: [], subtitles: [], chunks: [] }
  const sockets = openSessionSockets({
    ...{ wsUrl: apiUrl.replace('http', 'ws'), sessionId, WebSocket, pingMs: PING_MS },
    on: {
      change: () => {},
      emotion: (update) => void shown.emotions.push(update),
      voice: (analysis) => void shown.voices.push(analysis),
      subtitle: (text) => void shown.subtitles.push(text),
      chunk: (text) => void shown.chunks.push(text),
    },
  })
  let sent = 0
  const stream = setInterval(() => {
    sockets.channels.landmarks.send({ ...FRAME, timestamp: Date.now() })
    sent += 1
  }, FRAME_MS)
  t.teardown(() => {
    clearInterval(stream)
    sockets.close()
  })
  const pongs = () =>
    NAMES.map(
      (name) =>
        sockets.received.filter(({ type, channel }) => type === 'pong' && channel === name).length,
    )
  return { sockets, shown, pongs, sent: () => sent }
}

/** How an upgrade was answered: with a status, or (which must not be) by a socket. */
async function upgrade(url: string): Promise<number | 'accepted'> {
  const socket = new WebSocket(url)
  const answer = await Promise.race([
    once(socket, 'unexpected-response').then(([, reply]) => reply.statusCode as number),
    once(socket, 'open').then(() => 'accepted' as const),
  ])
  socket.on('error', () => {})
  socket.terminate()
  return answer
}

t.test('the sockets of the existing web client', async (t) => {
  const { apiUrl } = await startBackend(t)
  const browser = createTestClient(apiUrl)
  await enter(browser)
  const { api, client } = browser
  const wsUrl = apiUrl.replace('http', 'ws')

  t.test('a session that is unknown, misspelt or over is refused at the upgrade', async (t) => {
    const { sessionId } = await api.start()
    await api.end(sessionId)
    for (const id of [sessionId, 'sess_AAAAAAAAAAAAAAAAAAAAAA', 'undefined', '..%2F..%2Fetc']) {
      for (const name of NAMES) {
        const answer = await upgrade(`${wsUrl}/ws/${name}/${id}`)
        t.ok(Number(answer) >= 400 && Number(answer) < 500, `${name} of ${id}: ${answer}`)
      }
    }
  })

  t.test('a session with a face and voices in it', async (t) => {
    const { sessionId } = await api.start()
    const { sockets, shown, pongs, sent } = openSockets(t, apiUrl, sessionId)
    await sockets.whenOpen()
    const said = '오늘은 조금 지쳤어요.'
    const voiceActivity = setInterval(() => {
      const isSpeech = Math.floor(Date.now() / 1_000) % 2 === 0
      sockets.channels.voice.send({ type: 'vad_result', data: { isSpeech, timestamp: Date.now() } })
    }, 250)
    t.teardown(() => clearInterval(voiceActivity))
    await client.request('POST', `/api/session/${sessionId}/utterances`, { body: { text: said } })

    t.test('what the panels show is what they can read', async (t) => {
      await until('a subtitle', () => shown.subtitles.length > 0)
      t.strictSame(shown.subtitles, [said])
      await until('an emotion', () => shown.emotions.length > 0)
      t.not(shown.emotions[0]?.name, '알 수 없는 감정')
      t.equal(shown.emotions[0]?.snippet, said)
      await until('a voice analysis', () => shown.voices.length > 0)
      const { data } = sockets.received.find(({ type }) => type === 'vad_analysis') ?? {}
      const sent = data as Readonly<Record<string, number>>
      t.same(
        readVoiceAnalysis(sent),
        sent,
        'read as it was sent: nothing is scaled, nothing cleared',
      )
      for (const name of ['speechRatio', 'pauseRatio']) {
        t.ok(sent[name]! >= 0 && sent[name]! < 1, `${name}: ${sent[name]}`)
      }
      for (const name of ['averagePauseDuration', 'longestPause', 'averageSpeechBurst']) {
        t.ok(Number.isInteger(sent[name]), `${name}: ${sent[name]}`)
      }
      t.notOk(sockets.received.some(({ type }) => type === 'vad_realtime'))
    })

    t.test('paused, pings are answered, frames are dropped and sockets stay', async (t) => {
      await api.pause(sessionId)
      const before = { pongs: pongs(), sent: sent() }
      await until('three more pongs on each, and as many frames as a second has', () => {
        const areAnswered = pongs().every((count, index) => count >= before.pongs[index]! + 3)
        return areAnswered && sent() > before.sent + 10
      })
      const whilePaused = sent() - before.sent
      await api.resume(sessionId)
      for (const { counts } of Object.values(sockets.channels)) {
        t.match(counts, { opened: 1, closed: 0 })
      }
      await api.end(sessionId)
      const { dataQuality } = (await api.report(sessionId)) as { dataQuality: { frames: number } }
      t.ok(dataQuality.frames > 50, `${dataQuality.frames} frames were read`)
      const most = sent() - whilePaused + ON_THE_WAY
      t.ok(dataQuality.frames <= most, `${dataQuality.frames} of ${most}, none of the pause`)
    })

    t.test('after the end it is the server that may close; nothing is opened again', async (t) => {
      sockets.forgo()
      await until('all are closed', () => !Object.values(sockets.channels).some((c) => c.isOpen()))
      t.strictSame(
        Object.values(sockets.channels).map(({ counts }) => counts.opened),
        [1, 1, 1],
      )
    })
  })
})

t.test('the client of October 2025', async (t) => {
  const { apiUrl } = await startBackend(t)
  /** It has no accounts, and sends none of the headers. */
  const call = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`${apiUrl}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await reply.json()) as { success: boolean; data: Readonly<Record<string, unknown>> }
  }
  const { data } = await call('POST', '/api/session/start', { userId: 'u', counselorId: 'c' })
  const id = String(data['sessionId'])
  const { sockets, shown } = openSockets(t, apiUrl, id)
  await sockets.whenOpen()

  t.test('is answered in chunks that both clients read', async (t) => {
    const message = { message: '요즘 잠을 잘 못 자요.', emotion: 'sad', timestamp: Date.now() }
    sockets.channels.session.send({ type: 'request_ai_response', data: message })
    await until('the whole answer', () =>
      sockets.received.some(({ type }) => type === 'ai_stream_complete'),
    )
    const chunks = sockets.received.filter(({ type }) => type === 'ai_stream_chunk')
    t.ok(chunks.length > 0)
    for (const { data } of chunks) t.equal(data['text'], data['chunk'])
    t.match(shown.chunks.join(''), /\S/)
    t.equal(sockets.received.find(({ type }) => type.startsWith('ai_'))?.type, 'ai_stream_begin')
  })

  t.test('so it is where it says it by the name of one week', async (t) => {
    const before = shown.chunks.length
    const message = { userMessage: '그냥 답답해요.', emotion: null, timestamp: Date.now() }
    sockets.channels.session.send({ type: 'request_ai_response', data: message })
    await until('an answer', () => shown.chunks.length > before)
    t.match(shown.chunks.at(-1), /\S/)
  })

  t.test('waits for the end, and then reads what the later one does not', async (t) => {
    t.match(await call('POST', `/api/session/${id}/end`), { success: true })
    const summary = await call('GET', `/api/session/${id}/summary`)
    t.match(summary.data['cbt'], { totalDistortions: Number })
    t.ok('mostCommon' in (summary.data['cbt'] as object))
    const recommendations = summary.data['recommendations'] as unknown[]
    t.ok(Array.isArray(recommendations))
    for (const each of recommendations) t.type(each, 'string')
    t.match(await call('GET', `/api/session/${id}/report`), { success: true })
  })
})

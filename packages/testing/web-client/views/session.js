import { h } from '../client/element.js'
import { endSession } from '../client/end-session.js'
import { startLandmarkStream } from '../client/landmark-stream.js'
import { openSessionSockets } from '../client/session-sockets.js'
import { show } from '../dom.js'
import { resultView } from './result.js'

const LAST = 'bemore_last_session'
const STATUS = { idle: '대기', active: '진행 중', paused: '일시정지', ended: '종료' }

export function sessionView(place, { api, wsUrl, face, storage, expose }) {
  const state = {
    status: 'idle',
    id: null,
    problem: null,
    emotion: null,
    voice: null,
    subtitle: '',
  }
  let sockets = null
  let stream = null

  const button = (text, act, name) =>
    h('button', { onclick: () => act().catch(fail), 'data-act': name }, text)
  const fail = (error) => {
    state.problem = error.message
    draw()
  }

  const draw = () => {
    const { status, id, problem, emotion, voice, subtitle } = state
    if (status === 'ended') return
    const last = storage.getItem(LAST)
    const isConnected = sockets?.areOpen() === true
    show(
      place,
      h('h2', null, '세션'),
      h(
        'div',
        { className: 'status', 'data-status': status, id: 'session-info' },
        h('span', { className: `dot ${isConnected ? 'on' : ''}` }),
        h('span', { id: 'connection' }, isConnected ? '연결됨' : '연결 안 됨'),
        h('span', null, STATUS[status]),
        id && h('code', null, id.slice(0, 12)),
      ),
      problem && h('p', { className: 'problem' }, problem),
      h(
        'div',
        { className: 'stage' },
        h(
          'div',
          { className: 'emotion', id: 'emotion', 'data-emotion': emotion?.emotion ?? '' },
          h('strong', null, emotion?.name ?? '감정 분석 대기 중'),
          emotion && h('small', null, `프레임 ${emotion.frameCount} · 85%`),
          emotion?.snippet && h('q', null, emotion.snippet),
        ),
        h(
          'div',
          { className: 'voice', id: 'voice' },
          h('strong', null, '음성 분석'),
          voice && h('small', null, `말하기 ${Math.round(voice.speechRatio * 100)}%`),
        ),
        h('p', { className: 'subtitle', id: 'subtitle' }, subtitle),
      ),
      h(
        'div',
        { className: 'buttons' },
        status === 'idle' && button('세션 시작', start, 'start'),
        status === 'idle' && last && button('세션 계속하기', carryOn, 'continue'),
        status === 'active' && button('일시정지', pause, 'pause'),
        status === 'paused' && button('재개', resume, 'resume'),
        status === 'active' && button('세션 종료', end, 'end'),
      ),
    )
  }

  const open = async (id) => {
    const set = (name) => (value) => {
      state[name] = value
      draw()
    }
    const on = {
      change: draw,
      emotion: set('emotion'),
      voice: set('voice'),
      subtitle: set('subtitle'),
    }
    Object.assign(state, { id, status: 'active', problem: null })
    sockets = openSessionSockets({ wsUrl, sessionId: id, on })
    stream = startLandmarkStream(face, sockets.channels.landmarks)
    expose({ id, sockets, stream })
    draw()
    await sockets.whenOpen()
  }

  const start = async () => {
    const { sessionId } = await api.start()
    storage.setItem(LAST, sessionId)
    await open(sessionId)
  }
  // Nothing is asked of the API: it only opens the sockets again.
  const carryOn = () => open(storage.getItem(LAST))
  const become = (status) => {
    state.status = status
    draw()
  }
  const pause = () => api.pause(state.id).then(() => become('paused'))
  const resume = () => api.resume(state.id).then(() => become('active'))
  const end = async () => {
    state.status = 'ended'
    stream.stop()
    show(place, h('div', { className: 'panel modal' }, h('h2', null, '세션 결과 분석 중…')))
    const result = await endSession(api, state.id, sockets)
    resultView(place, { api, storage, id: state.id, ...result })
  }

  draw()
  // As on the dashboard; a failure changes nothing here.
  api.dashboard().catch(() => {})
  return () => {
    stream?.stop()
    sockets?.close()
  }
}

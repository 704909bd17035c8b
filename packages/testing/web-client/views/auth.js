import { userMessageOf } from '../client/client-error.js'
import { h } from '../client/element.js'
import { show } from '../dom.js'

const TO_LOGIN_MS = 2_000

const field = (label, name, type, extra = {}) =>
  h('label', null, label, h('input', { name, type, required: true, ...extra }))

function formOf(event) {
  event.preventDefault()
  return Object.fromEntries(new FormData(event.target))
}

export function signUpView(place, { api, go }) {
  const draw = (problem) =>
    show(
      place,
      h(
        'form',
        { className: 'panel', onsubmit: submit },
        h('h2', null, '회원가입'),
        field('이름', 'username', 'text'),
        field('이메일', 'email', 'email', { autocomplete: 'username' }),
        field('비밀번호', 'password', 'password', { autocomplete: 'new-password' }),
        problem && h('p', { className: 'problem' }, problem),
        h('button', { type: 'submit' }, '회원가입'),
        h('a', { href: '/auth/login' }, '로그인'),
      ),
    )
  const submit = async (event) => {
    try {
      await api.signUp(formOf(event))
      show(place, h('div', { className: 'panel' }, h('h2', null, '가입이 완료되었습니다')))
      setTimeout(() => go('/auth/login'), TO_LOGIN_MS)
    } catch (error) {
      draw(userMessageOf(error))
    }
  }
  draw()
}

export function loginView(place, { api, enter }) {
  const draw = (problem) =>
    show(
      place,
      h(
        'form',
        { className: 'panel', onsubmit: submit },
        h('h2', null, '로그인'),
        field('이메일', 'email', 'email', { autocomplete: 'username' }),
        field('비밀번호', 'password', 'password', { autocomplete: 'current-password' }),
        problem && h('p', { className: 'problem' }, problem),
        h('button', { type: 'submit' }, '로그인'),
        h('a', { href: '/auth/signup' }, '회원가입'),
      ),
    )
  const submit = async (event) => {
    try {
      await api.logIn(formOf(event))
      await enter()
    } catch (error) {
      draw(userMessageOf(error))
    }
  }
  draw()
}

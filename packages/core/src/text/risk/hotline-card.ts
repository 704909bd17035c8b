/**
 * Who can be called. Numbers as published by their services: Korea 109 (since 2024-01-01, in place of
 * 1393), 1577-0199, 1388; US and Canada 988; UK and Ireland 116 123; EU 112. Nobody is argued with or
 * scored here, and nothing is promised that this software cannot keep.
 */
import type { HotlineCardView, Language } from '@bemore/protocol'

export const HOTLINE_REGIONS = ['kr', 'us', 'ca', 'gb', 'ie', 'eu', 'international'] as const
export type HotlineRegion = (typeof HOTLINE_REGIONS)[number]

const MESSAGE: Readonly<Record<Language, string>> = {
  ko: '많이 힘드셨을 것 같아요. 이야기해 주셔서 고맙습니다. 지금 혼자 견디지 않으셔도 됩니다. 아래 번호로 전화하면 이야기를 들어 줄 사람이 있어요.',
  en: 'That sounds very hard, and thank you for saying it. You do not have to carry this alone: at these numbers there are people to talk to.',
}

type Contact = HotlineCardView['contacts'][number]
type Localized = Readonly<Record<Language, Contact>>

const contact = (
  phone: string,
  ko: readonly [string, string],
  en: readonly [string, string],
  url?: string,
): Localized => ({
  ko: { name: ko[0], phone, hours: ko[1], ...(url !== undefined && { url }) },
  en: { name: en[0], phone, hours: en[1], ...(url !== undefined && { url }) },
})

const ALWAYS = ['24시간', '24 hours'] as const
const KOREA = [
  contact('109', ['자살예방 상담전화', ALWAYS[0]], ['Suicide prevention line (Korea)', ALWAYS[1]]),
  contact(
    '1577-0199',
    ['정신건강 위기상담', ALWAYS[0]],
    ['Mental health crisis line (Korea)', ALWAYS[1]],
  ),
  contact('1388', ['청소년 상담전화', ALWAYS[0]], ['Youth line (Korea)', ALWAYS[1]]),
]
const US = [
  contact(
    '988',
    ['미국·캐나다 988 상담전화', ALWAYS[0]],
    ['988 Suicide & Crisis Lifeline (US, Canada)', ALWAYS[1]],
    'https://988lifeline.org',
  ),
]
const UK = [
  contact(
    '116 123',
    ['사마리탄즈 (영국·아일랜드)', ALWAYS[0]],
    ['Samaritans (UK, Ireland)', ALWAYS[1]],
    'https://www.samaritans.org',
  ),
]
const FIND = [
  contact(
    'findahelpline.com',
    ['나라별 상담전화 찾기', '온라인'],
    ['Find a line in your country', 'online'],
    'https://findahelpline.com',
  ),
]

const CONTACTS: Readonly<Record<HotlineRegion, readonly Localized[]>> = {
  kr: KOREA,
  us: US,
  ca: US,
  gb: UK,
  ie: UK,
  eu: FIND,
  international: [...US, ...UK, ...FIND],
}

const EMERGENCY: Readonly<Record<HotlineRegion, Readonly<Record<Language, string>>>> = {
  kr: {
    ko: '지금 위험하다면 119 또는 112에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 119 or 112.',
  },
  us: {
    ko: '지금 위험하다면 911에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 911.',
  },
  ca: {
    ko: '지금 위험하다면 911에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 911.',
  },
  gb: {
    ko: '지금 위험하다면 999에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 999.',
  },
  ie: {
    ko: '지금 위험하다면 112 또는 999에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 112 or 999.',
  },
  eu: {
    ko: '지금 위험하다면 112에 바로 전화해 주세요.',
    en: 'If there is danger right now, call 112.',
  },
  international: {
    ko: '지금 위험하다면 가까운 응급 번호(112 등)에 바로 전화해 주세요.',
    en: 'If there is danger right now, call your emergency number (112 in many countries).',
  },
}

/** @param region where the service is run; else Korea for Korean, and lines of several countries. */
export function hotlineCard(language: Language, region?: HotlineRegion): HotlineCardView {
  const where = region ?? (language === 'ko' ? 'kr' : 'international')
  return {
    message: MESSAGE[language],
    contacts: CONTACTS[where].map((each) => ({ ...each[language] })),
    emergency: EMERGENCY[where][language],
  }
}

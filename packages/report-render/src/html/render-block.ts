import type { Block, Quote, Table } from '../document/blocks.js'
import { escapeHtml } from './escape.js'
import { renderDrawing } from './render-drawing.js'

/** @param id unique within the document */
export function renderBlock(block: Block, id: string, asTable: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p class="${block.tone}">${escapeHtml(block.text)}</p>`
    case 'subtitle':
      return `<h3>${escapeHtml(block.text)}</h3>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
    case 'facts':
      return `<dl>${block.items
        .map(
          ({ term, value }) =>
            `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`,
        )
        .join('')}</dl>`
    case 'chart':
      return `<figure><div class="chart">${renderDrawing(block.drawing, id)}</div><details><summary>${escapeHtml(asTable)}</summary>${renderTable(block.table, block.drawing.title)}</details></figure>`
    case 'quotes':
      return `<ol class="quotes">${block.items.map(renderQuote).join('')}</ol>${renderMore(block.more)}`
    case 'card':
      return renderCard(block.card)
  }
}

function renderTable({ head, rows, more }: Table, caption: string): string {
  const cells = (row: readonly string[]) => {
    const [first = '', ...rest] = row
    return `<tr><th scope="row">${escapeHtml(first)}</th>${rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
  }
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('')}</tr></thead><tbody>${rows.map(cells).join('')}</tbody></table>${renderMore(more)}`
}

/** `dir`: words of another direction of writing stay within their line. */
function renderQuote({ when, text, note }: Quote): string {
  const said = text === null ? '' : `<q dir="auto">${escapeHtml(text)}</q>`
  const aside = note === '' ? '' : `<small>${escapeHtml(note)}</small>`
  return `<li><span class="when">${escapeHtml(when)}</span><div>${said}${aside}</div></li>`
}

type Card = Extract<Block, { kind: 'card' }>['card']

function renderCard({ message, contacts, emergency }: Card): string {
  const items = contacts.map(
    ({ name, phone, hours, url }) =>
      `<li><strong>${escapeHtml(name)}</strong> ${renderPhone(phone)} <small>${escapeHtml(hours)}</small>${renderLink(url)}</li>`,
  )
  return `<p class="lead">${escapeHtml(message)}</p><ul class="contacts">${items.join('')}</ul><p>${escapeHtml(emergency)}</p>`
}

function renderPhone(phone: string): string {
  const digits = phone.replace(/[^+\d]/g, '')
  const isNumber = /^[+\d][\d ().-]*$/.test(phone) && /^\+?\d{3,15}$/.test(digits)
  return isNumber ? `<a href="tel:${digits}">${escapeHtml(phone)}</a>` : escapeHtml(phone)
}

function renderLink(url: string | undefined): string {
  if (url === undefined || !/^https:\/\//.test(url)) return ''
  const shown = url.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '')
  return ` <a href="${escapeHtml(url)}" rel="noopener noreferrer">${escapeHtml(shown)}</a>`
}

function renderMore(more: string | null): string {
  return more === null ? '' : `<p class="quiet">${escapeHtml(more)}</p>`
}

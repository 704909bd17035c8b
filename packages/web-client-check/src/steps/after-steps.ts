import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { follow, type Step, type Walk } from '../walk.js'

async function download({ page }: Walk, name: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.click(`[data-file="${name}"]`)
  const file = await downloading
  assert.equal(file.suggestedFilename(), name)
  return readFile(await file.path())
}

const downloads: Step = {
  name: 'both CSVs and the PDF can be saved',
  async run(walk) {
    const { id } = walk.session
    for (const name of [`vad-timeline-${id}.csv`, `emotion-timeline-${id}.csv`]) {
      const [head = '', ...rows] = (await download(walk, name)).toString('utf8').split(/\r?\n/)
      assert.match(head, /^\uFEFF?[\w ,"]+$/, `${name} has a head`)
      assert.ok(rows.filter((row) => row.includes(',')).length > 0, `${name} has rows`)
    }
    const pdf = await download(walk, `bemore-report-${id}.pdf`)
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-')
    assert.ok(pdf.length > 5_000, `${pdf.length} bytes`)
  },
}

const feedback: Step = {
  name: 'feedback is taken, and the session is no longer offered to go on with',
  async run(walk) {
    const { page } = walk
    await page.check('[name=rating][value="4"]')
    await page.fill('[name=note]', '마음이 조금 가벼워졌어요.')
    await page.click('[data-act=feedback]')
    await page.waitForSelector('#thanks')
    assert.equal(await page.evaluate(`localStorage.getItem('bemore_last_session')`), null)
    await walk.shoot('feedback')
  },
}

const history: Step = {
  name: 'the session is in the history and on the dashboard',
  async run(walk) {
    const { page, session } = walk
    await follow(walk, '기록')
    await page.waitForSelector(`[data-session="${session.id}"]`)
    await walk.shoot('history')
    await follow(walk, '대시보드')
    await page.waitForSelector(`.recent li:has-text("${session.id.slice(0, 10)}")`)
    assert.match((await page.textContent('.figures')) ?? '', /-?\d\.\d\d/)
    await walk.shoot('dashboard')
  },
}

export const AFTERWARDS = [downloads, feedback, history]

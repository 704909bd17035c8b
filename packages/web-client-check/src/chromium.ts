import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

export const CHROMIUM_VARIABLE = 'CHROMIUM'
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The browser named by CHROMIUM, else one on the PATH; null: there is none. */
export function findChromium(): string | null {
  const named = process.env[CHROMIUM_VARIABLE]
  if (named) return named
  const { PATH = '' } = process.env
  const folders = PATH.split(delimiter)
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable) ?? null
}

export function launchChromium(executablePath: string): Promise<Browser> {
  // The sandbox of Chromium refuses to work for root, as whom containers run.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

import { Worker } from 'node:worker_threads'
import type { SessionReport } from '@bemore/core'
import { ApiError } from '../http/api-error.js'

/**
 * @returns the bytes of the file
 * @throws ApiError OVERLOADED where as many are being made as may be, or it takes too long
 */
export type RenderPdf = (report: SessionReport) => Promise<Buffer>

/** What a worker says when it is done. */
export interface RenderedPdf {
  readonly bytes: Uint8Array
}

/** Far above what the longest report needs; a rendering that runs wild ends alone. */
const WORKER_MEMORY_MB = 256

/**
 * Makes PDFs beside the thread that answers requests: a second or two of a core, in which nobody else
 * would be answered. A worker a file: what a rendering takes is given back when it is done.
 */
export function createPdfRendering(limits: {
  readonly concurrency: number
  readonly timeoutMs: number
}): RenderPdf {
  let running = 0
  return async (report) => {
    if (running >= limits.concurrency) throw new ApiError('OVERLOADED')
    running += 1
    try {
      return await renderInWorker(report, limits.timeoutMs)
    } finally {
      running -= 1
    }
  }
}

async function renderInWorker(report: SessionReport, timeoutMs: number): Promise<Buffer> {
  const worker = new Worker(new URL('./pdf-worker.js', import.meta.url), {
    workerData: report,
    // It needs to know nothing of this process: no token, no address of a database.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MB },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(new ApiError('OVERLOADED')), timeoutMs)
      worker.once('message', ({ bytes }: RenderedPdf) => resolve(Buffer.from(bytes)))
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`a PDF worker ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/**
 * Settles with `work`, or rejects with what `late` gives when it takes more than `ms`. What the work
 * does afterwards is ignored; `late` is where to cut it off.
 *
 * A process that was held up (a long collection, a suspended machine) finds its timers due before it
 * has read what arrived meanwhile: so the verdict waits for one turn of I/O.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let verdict: NodeJS.Immediate | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      verdict = setImmediate(() => reject(late()))
    }, ms)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
    clearImmediate(verdict)
  }
}

const TICKS = 10

/**
 * As `withDeadline`, for judging somebody else: the time is counted in ticks, so that a loop which
 * itself stood still for a while has waited for one tick and not for all of them.
 */
export async function withPatience<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let ticks = 0
  let timer: NodeJS.Timeout | undefined
  let verdict: NodeJS.Immediate | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      ticks += 1
      if (ticks === TICKS) verdict = setImmediate(() => reject(late()))
    }, ms / TICKS)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearInterval(timer)
    clearImmediate(verdict)
  }
}

/**
 * The end as the client has it: everything at once, the two results once and never again. Sockets are
 * closed when `/end` has settled; what failed is null.
 */
export async function endSession(api, id, sockets) {
  sockets.forgo()
  const orNull = (promise) => promise.catch(() => null)
  const ending = orNull(api.end(id)).finally(() => sockets.close())
  const dashboard = orNull(api.dashboard())
  const [summary, report] = await Promise.all([orNull(api.summary(id)), orNull(api.report(id))])
  return { summary, report, settled: Promise.all([ending, dashboard]) }
}

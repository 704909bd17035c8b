import postgres from 'postgres'
import type { LoadedFault, Scene } from '../fault.js'
import { waitUntilReady } from '../system/system.js'

export const splitSockets: LoadedFault = {
  kind: 'loaded',
  name: 'split-sockets',
  title: 'two realtime processes, sockets of one session split, one killed −9',
  how: 'a balancer deals new sockets out to two realtime processes in turn; SIGKILL to one of them. The doctor is asked in a second kill, with the other still there: nothing is down for a user',
  topology: { realtimes: 2 },
  causes: ['CONNECTION_REFUSED', 'REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
  verdicts: ['OK', 'REALTIME_DOWN', 'REALTIME_UNREACHABLE'],
  holdMs: 0,
  targets: { detectMs: 15_000, recoverMs: 5_000 },
  async prepare(scene) {
    const { split, sessions } = await countSplit(scene)
    scene.note(`${split} of ${sessions} sessions had sockets in both processes`)
    if (split === 0) scene.miss('no session was split over the processes')
  },
  async inject({ system }) {
    system.realtimes[0]?.signal('SIGKILL')
    return undefined
  },
  async prolong({ system }) {
    const victim = system.realtimes[0]
    victim?.hold()
    const gone = victim?.nextExit(5_000)
    victim?.signal('SIGKILL')
    await gone
    return async () => {
      victim?.release()
      if (victim !== undefined) await waitUntilReady(victim)
    }
  },
}

async function countSplit({ system }: Scene): Promise<{ split: number; sessions: number }> {
  const sql = postgres(system.databaseUrl, { max: 1 })
  try {
    const [row] = await sql<{ split: number; sessions: number }[]>`
      select count(*) filter (where processes > 1)::int as split, count(*)::int as sessions
        from (select count(distinct process_id) as processes
                from session_channels group by session_id) as each`
    return row ?? { split: 0, sessions: 0 }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

import type { FaceWindowData } from '@bemore/core'
import type { Sql } from 'postgres'

export interface SessionRow {
  readonly id: string
  readonly started_at: Date
  readonly ended_at: Date | null
}

export interface WindowRow {
  readonly at: Date
  readonly data: FaceWindowData
}

export async function createTables(sql: Sql): Promise<void> {
  await sql`
    create table if not exists sessions (
      id text primary key,
      started_at timestamptz not null default now(),
      ended_at timestamptz
    )`
  await sql`
    create table if not exists windows (
      id bigint generated always as identity primary key,
      session_id text not null references sessions (id) on delete cascade,
      at timestamptz not null default now(),
      data jsonb not null
    )`
  await sql`create index if not exists windows_by_session on windows (session_id)`
}

export async function insertSession(sql: Sql, id: string): Promise<SessionRow> {
  const [row] = await sql<SessionRow[]>`insert into sessions (id) values (${id}) returning *`
  return row!
}

export async function findSession(sql: Sql, id: string): Promise<SessionRow | null> {
  const [row] = await sql<SessionRow[]>`select * from sessions where id = ${id}`
  return row ?? null
}

export async function endSession(sql: Sql, id: string): Promise<void> {
  await sql`update sessions set ended_at = coalesce(ended_at, now()) where id = ${id}`
}

export async function insertWindow(sql: Sql, id: string, window: FaceWindowData): Promise<void> {
  await sql`insert into windows (session_id, data) values (${id}, ${sql.json({ ...window })})`
}

export async function listWindows(sql: Sql, id: string): Promise<WindowRow[]> {
  return await sql<WindowRow[]>`
    select at, data from windows where session_id = ${id} order by id`
}

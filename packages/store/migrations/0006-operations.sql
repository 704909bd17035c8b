-- breaking: false
--
-- What an operator asks after the fact, and of a process: what was wrong and for how long, who changed
-- what, which sessions are live, and a wish that a process should go.

-- Told by the process it befell, from the first moment to the last: a cause of its health.
create table incidents (
  id bigint generated always as identity primary key,
  process_id text not null,
  kind text not null check (kind in ('api', 'realtime')),
  version text not null,
  code text not null,
  detail text not null,
  -- By the clock of the process: much of it happens while no database can be asked for the time.
  began_at timestamptz not null,
  ended_at timestamptz,
  -- Whether it passed, or its process went first.
  ended_by text check (ended_by in ('recovery', 'process')),
  check ((ended_at is null) = (ended_by is null)),
  -- The idempotency key: a process tells of an incident at its begin and at its end, and again when
  -- it did not learn whether it was heard.
  unique (process_id, code, began_at)
);
create index incidents_by_begin on incidents (began_at, id);
create index incidents_open on incidents (began_at, id) where ended_at is null;

-- Whoever asked, and when, for the process to stop in order; its next heartbeat reads it.
alter table processes add column drain_requested_at timestamptz;

-- Who did what to whom. Written once, read by paging from the newest, swept from the oldest.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- 'admin', 'user:<id>' or 'anonymous'.
  actor text not null,
  action text not null,
  subject text,
  outcome text not null check (outcome in ('ok', 'refused')),
  request_id text
);
create index audit_log_by_age on audit_log (at);
create index audit_log_by_subject on audit_log (subject, id) where subject is not null;

-- The few that are live among the many that ended. Its columns do not change with an append.
create index sessions_live on sessions (started_at, id) where status <> 'ended';

-- breaking: false
--
-- The truth of a session is its event log; `sessions` and `session_channels` are projections that
-- `append_session_events` keeps in the transaction of each append.

create table sessions (
  -- The id is put raw into URLs and NOTIFY payloads, and is the capability of an anonymous session:
  -- nothing but the form that `createSessionId` makes may get in.
  id text primary key check (id ~ '^sess_[A-Za-z0-9_-]{22}$'),
  status text not null default 'active' check (status in ('active', 'paused', 'ended')),
  owner_id text,
  device_id text,
  counselor_id text,
  language text not null check (language in ('en', 'ko')),
  started_at timestamptz not null,
  ended_at timestamptz,
  last_seq bigint not null default 0 check (last_seq >= 0),
  open_channels integer not null default 0 check (open_channels >= 0),
  connected_at timestamptz,
  last_active_at timestamptz not null,
  check ((status = 'ended') = (ended_at is not null))
)
-- Every append updates its row; the free space keeps the new version on the same page (HOT).
with (fillfactor = 70);

-- No index may hold or depend on last_seq or last_active_at: that would end HOT updates, and every
-- append would write to every index of the table.
create index sessions_by_start on sessions (started_at, id);
create index sessions_by_owner on sessions (owner_id, started_at, id) where owner_id is not null;
create index sessions_by_device on sessions (device_id, started_at, id) where device_id is not null;
-- The sweep for abandoned sessions filters last_active_at itself; few sessions are live and unconnected.
create index sessions_unconnected on sessions (started_at, id)
  where status <> 'ended' and open_channels = 0;

create table session_events (
  session_id text not null references sessions (id) on delete cascade,
  seq bigint not null check (seq > 0),
  type text not null,
  at timestamptz not null,
  data jsonb not null check (jsonb_typeof(data) = 'object'),
  -- The idempotency key: a producer numbers its events, so a batch replayed after an unknown outcome
  -- is recognised.
  producer text not null,
  producer_seq bigint not null,
  primary key (session_id, seq),
  unique (producer, producer_seq)
);

create table session_channels (
  session_id text not null references sessions (id) on delete cascade,
  channel text not null,
  connection_id text not null,
  process_id text not null,
  opened_at timestamptz not null,
  primary key (connection_id, channel)
);
create index session_channels_by_session on session_channels (session_id);
create index session_channels_by_process on session_channels (process_id);

create table processes (
  id text primary key,
  kind text not null check (kind in ('api', 'realtime')),
  started_at timestamptz not null default now(),
  -- The server's clock, so that processes with wrong clocks do not look dead to each other.
  heartbeat_at timestamptz not null default now(),
  info jsonb not null
);

create table idempotency_keys (
  scope text not null,
  -- Clients choose keys freely, at any length and possibly telling: only the digest is kept.
  key_hash bytea not null check (length(key_hash) = 32),
  -- Digest of the request the key came with: the same key with another request is an error.
  fingerprint text not null,
  session_id text not null references sessions (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (scope, key_hash)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
-- Foreign keys do not index their side; deleting a session must not scan this table.
create index idempotency_keys_by_session on idempotency_keys (session_id);

-- breaking: false
--
-- What is shown of a person's own sessions over time, and how the person likes it shown.

-- The few numbers of a session that dashboards and later reports look at (`foldFigures` in core). They
-- are no truth: a fold of the log up to `last_seq`, by the code of `version`, and wrong as soon as
-- either is another's.
create table session_figures (
  session_id text primary key references sessions (id) on delete cascade,
  last_seq bigint not null check (last_seq > 0),
  version integer not null,
  figures jsonb not null check (jsonb_typeof(figures) = 'object')
);

-- What was read is in the figures, too: a no and an expiry erase them in the transaction that says so,
-- though the longer log has made them useless already.
create function erase_figures() returns trigger
language plpgsql
as $$
begin
  delete from session_figures where session_id = new.session_id;
  return null;
end
$$;
create trigger erase_figures after insert on session_events
  for each row when (new.type in ('consent.recorded', 'retention.applied'))
  execute function erase_figures();

create table user_preferences (
  user_id text primary key references users (id) on delete cascade,
  data jsonb not null check (jsonb_typeof(data) = 'object'),
  updated_at timestamptz not null default now()
);

-- The row of a deleted account stays for a while; what its owner liked does not.
create function erase_preferences() returns trigger
language plpgsql
as $$
begin
  delete from user_preferences where user_id = new.id;
  return null;
end
$$;
create trigger erase_preferences after update of deleted_at on users
  for each row when (new.deleted_at is not null)
  execute function erase_preferences();

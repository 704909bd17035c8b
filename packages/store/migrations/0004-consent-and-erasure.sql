-- breaking: false
--
-- Consent and erasure are rules of the log itself: whichever process appends, and however late (a
-- journal replayed after days), nothing of a modality that is refused, withdrawn or expired is stored.

alter table sessions
  -- The last word on each modality: {face: {decision, noticeVersion, source, at, since?}, …}, times
  -- Unix ms.
  add column consent jsonb not null default '{}' check (jsonb_typeof(consent) = 'object'),
  -- Since when what was read in the session is kept no longer.
  add column data_erased_at timestamptz;

-- The retention job looks here; neither column changes with an append.
create index sessions_to_expire on sessions (ended_at)
  where status = 'ended' and data_erased_at is null;
create index sessions_by_end on sessions (ended_at) where status = 'ended';

-- What an erasure leaves: that it happened, when and how much, and a digest by which whoever still has
-- the session id can prove that it is meant. Nothing of the content.
create table erasure_receipts (
  id text primary key check (id ~ '^eras_[A-Za-z0-9_-]{22}$'),
  erased_at timestamptz not null default now(),
  kind text not null check (kind in ('request', 'owner', 'retention')),
  session_sha256 bytea not null check (length(session_sha256) = 32),
  events integer not null check (events >= 0)
);

-- The modality that a type of event is read from; null: none. That somebody is at risk (`risk.flagged`,
-- which holds no words) is of none: no withdrawal takes it back. The same list as `modalityOf` in core.
create function event_modality(type text) returns text
language sql immutable parallel safe
as $$
  select case
    when type like 'face.%' or type like 'baseline.%' then 'face'
    when type like 'voice.%' or type like 'vad.%' then 'voice'
    when type like 'text.%' or type like 'utterance.%' or type like 'cbt.%'
      or type like 'chat.%' then 'text'
  end
$$;

-- Keeps the place in the log and nothing else, so that `seq` has no gap and a replay is still known.
create function withhold_event() returns trigger
language plpgsql
as $$
declare
  reason text;
begin
  select case
           when s.data_erased_at is not null then 'retention'
           when s.consent -> event_modality(new.type) ->> 'decision' in ('refused', 'withdrawn')
             then s.consent -> event_modality(new.type) ->> 'decision'
           -- Of the time before a yes that followed a no: from a queue or a journal, late.
           when floor(extract(epoch from new.at) * 1000)
                < (s.consent -> event_modality(new.type) ->> 'since')::bigint
             then 'withdrawn'
         end
    into reason
    from sessions as s
   where s.id = new.session_id;
  if reason is not null then
    new.data := jsonb_build_object('was', new.type, 'reason', reason);
    new.type := 'event.erased';
  end if;
  return new;
end
$$;
create trigger withhold_event before insert on session_events
  for each row when (event_modality(new.type) is not null)
  execute function withhold_event();

-- The projection of consent, and what a no does to what was read until then, in the transaction of the
-- append that says so.
create function apply_consent() returns trigger
language plpgsql
as $$
declare
  about constant text := new.data ->> 'modality';
  decision constant text := new.data ->> 'decision';
  happened constant bigint := floor(extract(epoch from new.at) * 1000);
begin
  update sessions
     set consent = consent || jsonb_build_object(
           about,
           (new.data - 'modality')
             || jsonb_build_object('at', happened)
             -- As `applyConsent` in core: a yes after a no counts from here on.
             || case
                  when decision in ('refused', 'withdrawn') then '{}'
                  when consent -> about ->> 'decision' in ('refused', 'withdrawn')
                    then jsonb_build_object('since', happened)
                  when consent -> about ? 'since'
                    then jsonb_build_object('since', consent -> about -> 'since')
                  else '{}'
                end
         )
   where id = new.session_id;
  if decision in ('refused', 'withdrawn') then
    update session_events
       set data = jsonb_build_object('was', type, 'reason', decision), type = 'event.erased'
     where session_id = new.session_id and event_modality(type) = about;
  end if;
  return null;
end
$$;
create trigger apply_consent after insert on session_events
  for each row when (new.type = 'consent.recorded')
  execute function apply_consent();

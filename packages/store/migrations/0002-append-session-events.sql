-- breaking: false
--
-- The one way events get into the log: a whole batch, any number of sessions, in one round trip.
--
-- batch: [{s: session id, p: producer, n: producer_seq, t: type, a: at (Unix ms), d: data}, …], in the
-- order in which the events of a session are to stand. Gives a row for each session of the batch:
-- how many events were appended (0: all had been before) and its last_seq (null: no such session, its
-- events were dropped).
create function append_session_events(batch jsonb)
returns table (session_id text, appended integer, last_seq bigint)
language plpgsql
-- A plan made while the tables were small is kept by its connection; it must not scan them when they
-- have grown.
set enable_seqscan = off
-- Compiling it costs more than running it; older servers would, misled by the cost of the above.
set jit = off
as $$
#variable_conflict use_column
begin
  -- Locked in id order, so that batches which share sessions wait for each other instead of
  -- deadlocking. `no key` lets the foreign key checks of other tables pass.
  perform 1
    from sessions
   where id in (select e ->> 's' from jsonb_array_elements(batch) as e)
   order by id
     for no key update;

  -- A statement of its own: its snapshot is taken after the locks were got, so it sees what a
  -- concurrent replay of the same batch has appended meanwhile, and last_seq as it is now.
  return query
  with events as materialized (
    select e.s, e.p, e.n, e.t, to_timestamp(e.a / 1000.0) as at, e.d, e.place
      from rows from (
        jsonb_to_recordset(batch) as (s text, p text, n bigint, t text, a float8, d jsonb)
      ) with ordinality as e (s, p, n, t, a, d, place)
  ), fresh as materialized (
    select e.*, s.last_seq + row_number() over (partition by e.s order by e.place) as seq
      from (
        select *, row_number() over (partition by p, n order by place) as repetition from events
      ) as e
      join sessions as s on s.id = e.s
     where e.repetition = 1
       and not exists (
         select 1
           from session_events as x
          where x.producer = e.p and x.producer_seq = e.n and x.session_id = e.s
       )
  ), inserted as (
    insert into session_events (session_id, seq, type, at, data, producer, producer_seq)
    select s, seq, t, at, d, p, n from fresh
  ), channels as materialized (
    -- Only the last word on a channel counts: parts of one statement do not see each other's rows.
    select distinct on (d ->> 'connectionId', d ->> 'channel')
           s, t, at, d ->> 'channel' as channel, d ->> 'connectionId' as connection_id,
           d ->> 'processId' as process_id
      from fresh
     where t in ('channel.opened', 'channel.closed')
     order by d ->> 'connectionId', d ->> 'channel', place desc
  ), opened as (
    insert into session_channels (session_id, channel, connection_id, process_id, opened_at)
    select s, channel, connection_id, process_id, at from channels where t = 'channel.opened'
    on conflict do nothing
    returning session_id
  ), closed as (
    delete from session_channels as x
     using channels as c
     where c.t = 'channel.closed' and x.session_id = c.s
       and x.connection_id = c.connection_id and x.channel = c.channel
    returning x.session_id
  ), channel_change as (
    select session_id, sum(change)::integer as change
      from (select session_id, 1 as change from opened
             union all
            select session_id, -1 from closed) as changes
     group by session_id
  ), change as (
    select s as id,
           count(*)::integer as appended,
           max(seq) as last_seq,
           max(at) as last_at,
           min(at) filter (where t = 'channel.opened') as opened_at,
           min(at) filter (where t = 'session.ended') as ended_at,
           (array_agg(t order by seq desc) filter (where t in ('session.paused', 'session.resumed')))[1]
             as turn
      from fresh
     group by s
  ), updated as (
    update sessions as s
       set last_seq = c.last_seq,
           -- Ended is final, whatever a late batch says.
           status = case
             when s.status = 'ended' or c.ended_at is not null then 'ended'
             when c.turn = 'session.paused' then 'paused'
             when c.turn = 'session.resumed' then 'active'
             else s.status
           end,
           ended_at = coalesce(s.ended_at, c.ended_at),
           open_channels = s.open_channels + coalesce(h.change, 0),
           connected_at = coalesce(s.connected_at, c.opened_at),
           -- A producer whose clock runs ahead must not keep its sessions from being swept.
           last_active_at = greatest(s.last_active_at, least(c.last_at, now()))
      from change as c
      left join channel_change as h on h.session_id = c.id
     where s.id = c.id
    returning s.id, c.appended, s.last_seq
  ), hints as (
    -- One notification carries many hints: a NOTIFY takes a lock over all databases at commit. 160 of
    -- at most 48 bytes stay under the 7,999 that a payload may have.
    select pg_notify('bemore_events', string_agg(id || ':' || last_seq, ',')) as sent
      from (select id, last_seq, (row_number() over (order by id) - 1) / 160 as part from updated)
     group by part
  )
  select wanted.s, coalesce(u.appended, 0), coalesce(u.last_seq, s.last_seq)
    from (select distinct events.s from events) as wanted
    left join sessions as s on s.id = wanted.s
    left join updated as u on u.id = wanted.s
   -- Reading the hints is what sends them: a part that nothing reads is not run.
   where (select count(sent) from hints) >= 0;
end
$$;

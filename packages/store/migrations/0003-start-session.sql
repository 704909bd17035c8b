-- breaking: false
--
-- Starts a session, or gives the one that an equal earlier start made; either way one row.
--
-- request: {id, at (Unix ms), language, deviceWindowMs, ownerId?, deviceId?, counselorId?,
-- scope?, keyHash? (sha-256 in hex) and fingerprint? of the Idempotency-Key}. The caller knows its
-- session was created by the id in the row being the one it sent. Raises BM001 where the key came
-- with another request before.
create function start_session(request jsonb)
returns setof sessions
language plpgsql
as $$
declare
  new_id constant text := request ->> 'id';
  owner constant text := request ->> 'ownerId';
  device constant text := request ->> 'deviceId';
  started constant timestamptz := to_timestamp((request ->> 'at')::float8 / 1000.0);
  key_scope constant text := request ->> 'scope';
  hash constant bytea := decode(request ->> 'keyHash', 'hex');
  print constant text := request ->> 'fingerprint';
  earlier text;
  earlier_print text;
begin
  -- Equal starts go one after the other; every statement after the lock sees what the one before has
  -- committed. All take the key's lock before the device's, so they cannot deadlock.
  if hash is not null then
    perform pg_advisory_xact_lock(hashtextextended(key_scope || encode(hash, 'hex'), 1));
    select k.session_id, k.fingerprint into earlier, earlier_print
      from idempotency_keys as k
     where k.scope = key_scope and k.key_hash = hash and k.created_at > now() - interval '24 hours';
    if earlier_print <> print then
      raise exception using errcode = 'BM001', message = 'idempotency key reused';
    end if;
  end if;

  -- A page that is loaded twice starts twice, with different keys; the first session was not used yet.
  -- Not across owners: a browser may be shared.
  if earlier is null and device is not null then
    perform pg_advisory_xact_lock(hashtextextended(device, 2));
    select s.id into earlier
      from sessions as s
     where s.device_id = device
       and s.owner_id is not distinct from owner
       and s.status <> 'ended'
       and s.connected_at is null
       and s.started_at > started - (request ->> 'deviceWindowMs')::float8 * interval '1 ms'
     order by s.started_at desc
     limit 1;
  end if;

  if earlier is null then
    insert into sessions
      (id, owner_id, device_id, counselor_id, language, started_at, last_active_at)
    values
      (new_id, owner, device, request ->> 'counselorId', request ->> 'language', started, least(started, now()));
    perform append_session_events(jsonb_build_array(jsonb_build_object(
      's', new_id,
      'p', 'start#' || new_id,
      'n', 1,
      't', 'session.started',
      'a', request -> 'at',
      'd', jsonb_strip_nulls(jsonb_build_object(
        'ownerId', request -> 'ownerId',
        'deviceId', request -> 'deviceId',
        'counselorId', request -> 'counselorId',
        'language', request -> 'language'
      ))
    )));
  end if;

  if hash is not null then
    insert into idempotency_keys as k (scope, key_hash, fingerprint, session_id)
    values (key_scope, hash, print, coalesce(earlier, new_id))
    -- An unexpired key already says this session; an expired one is free again.
    on conflict (scope, key_hash) do update
       set session_id = excluded.session_id,
           fingerprint = excluded.fingerprint,
           created_at = excluded.created_at
     where k.created_at <= now() - interval '24 hours';
    -- Sweeping a few with every start keeps the table at about a day's keys without a job for it.
    delete from idempotency_keys as k
     where ctid in (
       select x.ctid
         from idempotency_keys as x
        where x.created_at <= now() - interval '24 hours'
        order by x.created_at
        limit 10
          for update skip locked
     );
  end if;

  return query select * from sessions where id = coalesce(earlier, new_id);
end
$$;

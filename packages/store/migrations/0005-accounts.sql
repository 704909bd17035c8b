-- breaking: false
--
-- Who somebody is. Nothing here can be used to sign in by whoever reads it: passwords are Argon2id,
-- refresh tokens and the addresses of attempts are digests.

create table users (
  id text primary key check (id ~ '^user_[A-Za-z0-9_-]{22}$'),
  -- In the form it is compared in; null once the account was deleted.
  email text unique check (length(email) <= 254),
  username text not null check (length(username) <= 50),
  password_hash text,
  profile_image text check (length(profile_image) <= 2048),
  created_at timestamptz not null default now(),
  -- From then on nothing of the person is left but the id, until whatever it still owned is erased.
  deleted_at timestamptz,
  check ((deleted_at is null) = (email is not null)),
  check ((deleted_at is null) = (password_hash is not null))
);
create index users_deleted on users (deleted_at) where deleted_at is not null;

-- One a browser: from a sign-in until it is ended, or was not used for long. Its refresh tokens follow
-- one another.
create table sign_ins (
  id text primary key check (id ~ '^sign_[A-Za-z0-9_-]{22}$'),
  user_id text not null references users (id) on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by text check (ended_by in ('logout', 'password', 'reuse', 'limit', 'deletion')),
  check ((ended_at is null) = (ended_by is null))
);
create index sign_ins_by_user on sign_ins (user_id, used_at);
create index sign_ins_by_expiry on sign_ins (expires_at);

create table refresh_tokens (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  sign_in_id text not null references sign_ins (id) on delete cascade,
  issued_at timestamptz not null default now(),
  -- A second use, later than the grace, means that two parties hold it.
  used_at timestamptz
);
create index refresh_tokens_by_sign_in on refresh_tokens (sign_in_id, issued_at);
create index refresh_tokens_by_age on refresh_tokens (issued_at);

-- Attempts to sign in, counted before the password is looked at, so that many at once are counted too.
create table login_attempts (
  key_sha256 bytea primary key check (length(key_sha256) = 32),
  attempts integer not null,
  window_ends_at timestamptz not null
);
create index login_attempts_by_end on login_attempts (window_ends_at);

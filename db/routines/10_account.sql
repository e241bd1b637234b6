-- The person behind the session, and the only place that says whether the login still counts.

-- The row of whoever is asking. A null row is the owner of the server; anybody else without one is refused, at
-- once after `liangdeng user disable` and in every session that is still open. By the clock and not by now(): a
-- transaction that began before is no way to stay.
create or replace function core.myself() returns core.staff
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff;
begin
  select * into person from core.staff s where s.login = session_user and s.valid @> clock_timestamp();
  if person.must_change then
    perform core.refuse('password_must_change');
  elsif person.login is null and not pg_has_role(session_user, 'ld_owner', 'member') then
    perform core.refuse('not_staff', p_state => '42501');
  end if;
  return person;
end $$;

-- A new password for oneself, as the verifier the desk has computed: the server never learns the password, so it
-- cannot judge it either. SECURITY INVOKER: a role may change its own password and needs no stronger one for that.
create or replace function api.change_password(p_verifier text) returns void
language plpgsql volatile security invoker set search_path = pg_catalog, pg_temp as $$
begin
  if p_verifier is null or length(p_verifier) > 512 or p_verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
    raise exception using errcode = 'LD003', constraint = 'bad_payload',
      message = 'The password must arrive as a SCRAM verifier.',
      detail = '{"field": "password", "problem": "not a verifier"}';
  end if;
  execute format('alter role %I password %L', session_user, p_verifier);
  perform api.password_changed();
end $$;

-- The other half, which the person could not do. Called alone it proves as little as a new password that equals
-- the old one, and no server that is given verifiers can tell these apart.
create or replace function api.password_changed() returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update core.staff set must_change = false where login = session_user and valid @> clock_timestamp() and must_change
$$;

-- Taking a ticket and letting go of it. A claim renews itself with the heartbeat of its desk (api.attend), ends when
-- the claimant has moved the ticket on, at api.leave, some seconds after the desk's connection is gone (api.sit_down,
-- api.sweep_desks), and 90 seconds after the desk was last heard of.

drop function if exists api.claim(bigint, integer, uuid);
drop function if exists api.take_over(bigint, uuid, text);

-- Of the locks of two numbers, which nothing else here uses.
create or replace function core.desk_lock(p_login name, p_desk uuid) returns integer
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select hashtext(p_login || p_desk::text)
$$;

-- The connection that follows the feed stands for its console: a lock it holds as long as it lives says so. One for each
-- connection, so that nobody fills the server's table of locks.
create or replace function api.sit_down(p_desk uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.my_unit();  -- refuses whoever works here no more
  perform core.need_key(p_desk);
  if exists (select from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'advisory'
             and l.classid = 7316 and l.objsubid = 2) then
    perform core.bad_payload('desk', 'this connection has one');
  end if;
  perform pg_advisory_lock_shared(7316, core.desk_lock(session_user, p_desk));
end $$;

drop view if exists api.claims cascade;
create view api.claims with (security_invoker = true, security_barrier = true) as
  select c.ticket_id, c.unit_id, c.login, c.since, c.at
  from core.claim c
  where c.at > now() - interval '90 seconds' and (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

-- One call every half minute says which tickets a console has open and in which of them somebody types; tickets no
-- longer in sight are left out, and whatever is not named has been left.
create or replace function api.attend(p_desk uuid, p_tickets bigint[], p_typing bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district constant smallint := core.my_district();  -- refuses whoever works here no more
begin
  if p_desk is null or p_tickets is null or cardinality(p_tickets) > 100 then
    perform core.bad_payload('tickets', 'too many');
  end if;
  delete from core.presence p where p.login = session_user and p.desk = p_desk and p.ticket_id <> all (p_tickets);
  insert into core.presence (login, desk, district_id, ticket_id, typing)
    select session_user, p_desk, v_district, t.id, t.id = any (coalesce(p_typing, '{}'))
    from unnest(core.seen_tickets(p_tickets)) t(id)
    on conflict (login, desk, ticket_id) do update set typing = excluded.typing, at = clock_timestamp();
  update core.claim set at = clock_timestamp() where login = session_user and desk = p_desk;
end $$;

-- A console says good-bye.
create or replace function api.leave(p_desk uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from core.presence where login = session_user and desk = p_desk;
  delete from core.claim where login = session_user and desk = p_desk;
$$;

create or replace function core.require_claimant() returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
begin
  if not actor.duties && '{operator,callback,unit,clerk,supervisor,inspector,leader}' then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif not actor.on_duty then
    perform core.refuse('off_duty');
  end if;
  return actor;
end $$;

-- A person can work at a handful of tickets at once, not at the whole queue; nor through several connections.
create or replace function core.check_claims(p_actor core.staff, p_but bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform core.alone(p_actor.login);
  if (select count(*) >= 20 from core.claim c
      where c.login = p_actor.login and c.ticket_id <> p_but and core.is_alive(c.at)) then
    perform core.refuse('claims_many', '{"most": 20}');
  end if;
end $$;

-- Put the claim down; false when a colleague was faster. With a key it must be a new one: the same person may sit at
-- two desks. The caller has locked the ticket.
create or replace function core.put_claim(t core.ticket, p_actor core.staff, p_desk uuid, p_key uuid default null)
returns boolean language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.claim as c (district_id, ticket_id, unit_id, login, desk, key)
  values (t.district_id, t.id, p_actor.unit_id, p_actor.login, p_desk, p_key)
  on conflict (district_id, ticket_id, unit_id) do update
    set login = excluded.login, desk = excluded.desk, key = excluded.key, at = clock_timestamp(),
        since = case when c.login = excluded.login and core.is_alive(c.at) then c.since else clock_timestamp() end
    where p_key is null and c.login = excluded.login or not core.is_alive(c.at);
  return found;
end $$;

-- Was this request granted before? Its answer may have been lost.
create or replace function core.has_claim(p_ticket bigint, p_key uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from core.claim c where c.login = session_user and c.ticket_id = p_ticket and c.key = p_key
                 and core.is_alive(c.at));
end $$;

-- Take a ticket whose version is known; taking what one has already renews it. The key sent again asks for nothing new.
create or replace function api.claim(p_ticket bigint, p_version int, p_desk uuid, p_key uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.require_claimant();
  t core.ticket := core.seen_ticket(p_ticket);
begin
  perform core.need_key(p_desk);
  select * into t from core.ticket k where k.id = t.id for no key update;
  if not core.has_claim(t.id, p_key) then
    perform core.check_version(t, p_version, greatest(clock_timestamp(), t.updated_at));
    if not t.is_open then
      perform core.refuse('wrong_state', jsonb_build_object('state', t.state));
    end if;
    perform core.check_claims(actor, t.id);
    if not core.put_claim(t, actor, p_desk) then
      perform core.refuse('claimed', core.claim_detail(core.claim_against(t, actor)));
    end if;
    update core.claim set key = p_key
    where district_id = t.district_id and ticket_id = t.id and unit_id = actor.unit_id and p_key is not null;
  end if;
  return (select jsonb_build_object('ticket_id', c.ticket_id, 'login', c.login, 'since', c.since)
          from core.claim c where c.district_id = t.district_id and c.ticket_id = t.id and c.unit_id = actor.unit_id);
end $$;

-- Let go of a ticket; false when one had not taken it.
create or replace function api.release(p_ticket bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from core.claim where login = session_user and ticket_id = p_ticket;
  return found;
end $$;

-- Take a ticket from a colleague, for a reason that stays in the register. At the centre this is for supervisors and
-- leaders; a unit has none and settles it among its own people.
create or replace function api.take_over(p_ticket bigint, p_desk uuid, p_reason text, p_key uuid default null)
returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.require_claimant();
  t core.ticket := core.seen_ticket(p_ticket);
  old core.claim;
begin
  perform core.need_key(p_desk);
  if core.my_scope() = 'all' and not actor.duties && '{supervisor,leader}' then
    perform core.refuse('take_over', p_state => '42501');
  end if;
  if length(btrim(coalesce(p_reason, ''))) < 4 then
    perform core.bad_payload('reason', 'at least 4 characters');
  end if;
  select * into t from core.ticket k where k.id = t.id for no key update;
  if core.has_claim(t.id, p_key) then
    return (select core.claim_detail(c) from core.claim c where c.login = actor.login and c.ticket_id = t.id and c.key = p_key);
  end if;
  old := core.claim_against(t, actor);
  if old.login is null then
    perform core.refuse('not_claimed');
  end if;
  perform core.check_claims(actor, t.id);
  delete from core.claim where district_id = t.district_id and ticket_id = t.id and unit_id = actor.unit_id;
  perform core.put_claim(t, actor, p_desk, p_key);
  perform core.audit('take_over', old.login, jsonb_build_object('since', old.since),
                     core.short_text('reason', p_reason, 500), t.id);
  return core.claim_detail(old);
end $$;

-- The first of these tickets, still of the version named, that nobody of my unit has taken; null when there is none. The key
-- sent again brings the same ticket. Whoever races for the same one goes on to the next (skip locked); where a
-- colleague's claim was committed after this question began, the primary key says so.
create or replace function api.claim_first(p_tickets bigint[], p_versions int[], p_desk uuid, p_key uuid) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.require_claimant();
  t core.ticket;
  known bigint;
  v_id bigint;
  v_version int;
begin
  perform core.need_key(p_desk), core.need_key(p_key);
  select c.ticket_id into known from core.claim c where c.login = actor.login and c.key = p_key and core.is_alive(c.at);
  if found or cardinality(p_tickets) is not distinct from 0 then
    return known;
  end if;
  perform core.check_claims(actor, 0);
  for v_id, v_version in
    select w.id, w.version from unnest(p_tickets, p_versions) with ordinality as w (id, version, n)
    where not exists (select from core.claim c where c.ticket_id = w.id and c.district_id = actor.district_id
                      and c.unit_id = actor.unit_id and core.is_alive(c.at))
    order by w.n
  loop
    continue when core.seen_tickets(array[v_id]) = '{}';  -- nobody holds up tickets of others
    select k.* into t from core.ticket k
    where k.id = v_id and k.version = v_version and k.is_open for no key update skip locked;
    continue when not found;
    if core.put_claim(t, actor, p_desk, p_key) then
      return t.id;
    end if;
  end loop;
  return null;
end $$;

-- The first ticket of a filter, in its order, that can be had; no row when there is none. Invoker: row security and the
-- plan of the filter choose the candidates, a page at a time.
create or replace function api.next_ticket(p_filter jsonb, p_order text, p_desk uuid, p_key uuid)
returns setof api.tickets language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_ids bigint[];
  v_versions int[];
  v_at timestamptz;
  v_id bigint;
  v_taken bigint := api.claim_first('{}', '{}', p_desk, p_key);
begin
  for v_turn in 1..20 loop
    exit when v_taken is not null;
    select array_agg(p.id order by p.n), array_agg(p.version order by p.n),
           (array_agg(p.at order by p.n desc))[1], (array_agg(p.id order by p.n desc))[1]
      into v_ids, v_versions, v_at, v_id
      from (select q.id, q.version, case p_order when 'newest' then q.created_at else q.due_at end as at,
                   row_number() over () as n
            from api.tickets_page(p_filter, p_order, v_at, v_id, 50) q) p;
    exit when v_ids is null;
    v_taken := api.claim_first(v_ids, v_versions, p_desk, p_key);
  end loop;
  return query select * from api.tickets where id = v_taken;
end $$;

-- Claims are part of who is at a ticket, and announced as that; a heartbeat is nobody's news.
create or replace function core.tg_claim__announce() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.announce('presence', array[coalesce(new.ticket_id, old.ticket_id)]);
  return null;
end $$;
create or replace trigger _500_write after insert or delete on core.claim
  for each row execute function core.tg_claim__announce();
create or replace trigger _510_change after update on core.claim for each row
  when ((old.login, old.since) is distinct from (new.login, new.since)) execute function core.tg_claim__announce();

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.attend(uuid, bigint[], bigint[])', 'api.leave(uuid)', 'api.claim(bigint, integer, uuid, uuid)', 'api.sit_down(uuid)',
      'api.release(bigint)', 'api.take_over(bigint, uuid, text, uuid)', 'api.claim_first(bigint[], integer[], uuid, uuid)',
      'api.next_ticket(jsonb, text, uuid, uuid)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;

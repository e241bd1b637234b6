-- The same action on many tickets: each row is one api.act of its own, with its own right, version and request key,
-- in a subtransaction of its own; what is refused is told and does not stop the others.

-- Lock what will be written, main tickets too, all of it in the order of ids, so that two such calls never wait for one
-- another. Who waited may find a ticket merged meanwhile: then everything is let go and locked again with its main
-- ticket in its place. Only what the person sees: nobody holds up tickets of others.
create or replace function core.lock_many(p_tickets bigint[], p_payload jsonb) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_named text := p_payload->>'main';
  v_mine bigint[] := core.seen_tickets(
    p_tickets || case when v_named ~ '^\d{1,18}$' then array[v_named::bigint] else '{}' end);
  v_all bigint[] := v_mine;
  v_more bigint[];
begin
  loop
    begin
      perform k.id from core.ticket k where k.id = any (v_all) order by k.id for update;
      v_more := array(select distinct k.main_ticket_id from core.ticket k
                      where k.id = any (v_mine) and k.main_ticket_id <> all (v_all));
      exit when v_more = '{}';
      raise sqlstate 'LD000';
    exception when sqlstate 'LD000' then
      v_all := v_all || v_more;
    end;
  end loop;
end $$;

-- The payload of one row. For a dispatch without a unit the directory names it, row by row, for a dead camera its owner;
-- sent again, what was named the first time.
create or replace function core.bulk_payload(p_action text, p_ticket bigint, p_key uuid, p_payload jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket;
  said jsonb;
begin
  if p_action <> 'dispatch' or p_payload ? 'unit' then
    return p_payload;
  end if;
  t := core.seen_ticket(p_ticket);
  select e.payload into said
  from core.request r join core.event e on e.district_id = t.district_id and e.ticket_id = t.id and e.seq = r.event_seq
  where r.key = p_key and r.login = session_user and r.ticket_id = t.id;
  if found then
    return said;
  end if;
  said := core.proposal(t);
  if said = '{}' then
    perform core.refuse('no_suggestion');
  end if;
  return p_payload || (said - 'assist');
end $$;

-- At most 100 rows, one journey. version: the one this made, also when the key is sent again and others went on since,
-- so that taking it back never takes back their work. outcome: done, conflict, refused, failed. A lock, a limit of time or a lost link is no
-- outcome of a row: the call ends with nothing done and may be sent again with the same keys.
create or replace function api.act_many(
  p_action text, p_tickets bigint[], p_versions int[], p_keys uuid[], p_payload jsonb default '{}')
returns table (ticket_id bigint, outcome text, version int, state text, code text, message text, detail jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_version int;
  v_key uuid;
  v_detail text;
begin
  if cardinality(p_tickets) is distinct from cardinality(p_versions)
     or cardinality(p_tickets) is distinct from cardinality(p_keys) or coalesce(cardinality(p_tickets), 0) = 0 then
    perform core.bad_payload('tickets', 'missing');
  elsif cardinality(p_tickets) > 100 then
    perform core.bad_payload('tickets', 'too many');
  elsif (select count(distinct i) from unnest(p_tickets) i) < cardinality(p_tickets) then
    perform core.bad_payload('tickets', 'named twice');
  elsif not exists (select from core.action a where a.code = p_action and a.bulk) then
    perform core.refuse('not_in_bulk');
  end if;
  perform core.lock_many(p_tickets, p_payload);
  for ticket_id, v_version, v_key in
    select w.id, w.version, w.key from unnest(p_tickets, p_versions, p_keys) w (id, version, key) order by w.id
  loop
    outcome := 'done';
    version := null; state := null; code := null; message := null; detail := '{}';
    begin
      state := (select a.state from api.act(ticket_id, p_action, v_version, v_key,
                                            core.bulk_payload(p_action, ticket_id, v_key, p_payload)) a);
      version := (select r.event_seq from core.request r where r.key = v_key);
    exception when others then
      if sqlstate ~ '^(08|25|40|53|54|55|57|58|XX)' then
        raise;
      end if;
      get stacked diagnostics code = constraint_name, message = message_text, v_detail = pg_exception_detail;
      outcome := case when sqlstate = 'LD002' then 'conflict' when sqlstate ~ '^(LD|42501)' then 'refused' else 'failed' end;
      detail := case when sqlstate ~ '^LD' and v_detail <> '' then v_detail::jsonb else '{}' end;
      code := coalesce(nullif(code, ''), case when sqlstate = '42501' then 'duty_missing' else sqlstate end);
    end;
    return next;
  end loop;
end $$;
revoke all on function api.act_many(text, bigint[], int[], uuid[], jsonb) from public;
grant execute on function api.act_many(text, bigint[], int[], uuid[], jsonb) to ld_console;

-- Due moments that a new notice, a setting or a policy moves: logged per clock, an event per ticket (R214).
-- Set by set: a change of office hours moves tens of thousands of tickets in one statement's time.

-- Lock every open ticket, of one district or of all, and return the ids; in one order, so that two recomputations
-- cannot wait for each other.
create or replace function core.lock_open(p_district smallint default null) returns bigint[]
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select array_agg(k.id) from (
    select t.id from core.ticket t
    where t.is_open and t.district_id = coalesce(p_district, t.district_id)
    order by t.district_id, t.id for update) k
$$;

-- What new clock bases (p_basis in step with p_tickets; null: none changes) and the calendar change on tickets.
create or replace function core.recomputed(p_tickets bigint[], p_basis jsonb[] default null)
returns table (before core.ticket, facts jsonb)
language sql stable set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
  select k, coalesce(g.basis, '{}') || to_jsonb(c)
  from unnest(p_tickets, p_basis) g(id, basis)
  join core.ticket k on k.id = g.id
  cross join lateral core.clock_times(case when g.basis <> '{}' then core.apply_facts(k, g.basis) else k end) c
  where g.basis <> '{}'
     or (k.contact_due_at, k.answer_due_at, k.due_at, k.yellow_at, k.red_at, k.due_provisional)
        is distinct from (c.contact_due_at, c.answer_due_at, c.due_at, c.yellow_at, c.red_at, c.due_provisional)
$$;

create or replace function core.due_moves(t core.ticket, after core.ticket)
returns table (clock text, old_due_at timestamptz, new_due_at timestamptz)
language sql immutable as $$
  select x.* from (values ('contact', t.contact_due_at, after.contact_due_at),
                          ('answer', t.answer_due_at, after.answer_due_at)) x(clock, old_due_at, new_due_at)
  where x.old_due_at is distinct from x.new_due_at
$$;

-- Give locked tickets their new times; the rows are the due moments that move. Red before stays red.
create or replace function core.recompute(p_cause text, p_tickets bigint[], p_basis jsonb[] default null)
returns table (district_id smallint, ticket_id bigint, number text, clock text, old_due_at timestamptz, new_due_at timestamptz)
language plpgsql volatile set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
#variable_conflict use_column
declare
  v_actor core.staff := core.actor();
  v_at timestamptz := clock_timestamp();
begin
  return query
  with stamped as (
    select r.before, r.facts || jsonb_build_object('version', (r.before).version + 1, 'updated_at', v_at,
             'red_since', core.red_since(r.before, core.apply_facts(r.before, r.facts), v_at)) as facts
    from core.recomputed(p_tickets, p_basis) r
  ), moved as materialized (
    select s.before, s.facts, core.apply_facts(s.before, s.facts) as after from stamped s
  ), events as (
    insert into core.event
    select e.* from moved m cross join lateral core.sealed(row(
      (m.before).district_id, (m.before).id, (m.after).version, v_at, null, v_actor.login, v_actor.unit_id,
      v_actor.duties[1], 'recompute', 'R214', (m.before).state, (m.before).state,
      jsonb_build_object('cause', p_cause,
        'contact_due_at', jsonb_build_array((m.before).contact_due_at, (m.after).contact_due_at),
        'answer_due_at', jsonb_build_array((m.before).answer_due_at, (m.after).answer_due_at)),
      m.facts, null, null, null)::core.event) e
  ), rows as (
    update core.ticket k set
      version = (m.after).version, updated_at = (m.after).updated_at,
      contact_workdays = (m.after).contact_workdays, contact_hours = (m.after).contact_hours,
      answer_workdays = (m.after).answer_workdays, answer_hours = (m.after).answer_hours,
      contact_due_at = (m.after).contact_due_at, answer_due_at = (m.after).answer_due_at,
      due_at = (m.after).due_at, yellow_at = (m.after).yellow_at, red_at = (m.after).red_at,
      red_since = (m.after).red_since, due_provisional = (m.after).due_provisional
    from moved m
    where k.district_id = (m.before).district_id and k.id = (m.before).id
  ), logged as (
    insert into audit.due_change (cause, district_id, ticket_id, clock, old_due_at, new_due_at)
    select p_cause, (m.before).district_id, (m.before).id, d.*
    from moved m cross join lateral core.due_moves(m.before, m.after) d
  )
  select (m.before).district_id, (m.before).id, (m.before).number, d.*
  from moved m cross join lateral core.due_moves(m.before, m.after) d
  order by (m.before).district_id, (m.before).id, d.clock desc;
end $$;

-- Recompute every open ticket; the rows are the due moments that move, with p_dry_run only shown.
create or replace function core.recompute_open(p_cause text, p_dry_run boolean)
returns table (district_id smallint, ticket_id bigint, number text, clock text, old_due_at timestamptz, new_due_at timestamptz)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if p_dry_run then
    return query
      select (r.before).district_id, (r.before).id, (r.before).number, d.*
      from core.recomputed(array(select k.id from core.ticket k where k.is_open)) r
      cross join lateral core.due_moves(r.before, core.apply_facts(r.before, r.facts)) d
      order by (r.before).district_id, (r.before).id, d.clock desc;
  else
    return query select * from core.recompute(p_cause, core.lock_open());
  end if;
end $$;

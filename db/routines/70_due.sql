-- "Why this deadline": every counted day with its notice, and when each clock ran, was held, ended.

create or replace function core.explain_workdays(p_from timestamptz, p_workdays int, p_district smallint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  due timestamptz := core.workday_due(p_from, p_workdays, '{}', p_district);
  days jsonb := core.counted_days(p_from, due, '{}', p_district);
begin
  return jsonb_build_object('due_at', due, 'days', days,
    'provisional', jsonb_path_exists(days, '$[*] ? (@.provisional == true)'));
end $$;

create or replace function api.due(p_from timestamptz, p_workdays int) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_workdays is null or p_workdays not between 1 and 366 then
    perform core.bad_payload('workdays', 'not between 1 and 366');
  end if;
  return core.explain_workdays(p_from, p_workdays, core.my_district());
end $$;
revoke all on function api.due from public;
grant execute on function api.due to ld_console;

-- The clock's state after each event, told once per change; reason is the action that brought it.
create or replace function core.clock_segments(p_ticket bigint)
returns table (clock text, state text, from_at timestamptz, to_at timestamptz, reason text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive told as materialized (  -- most events, notes above all, say nothing about clocks
    select row_number() over (order by e.seq) as n, e.seq, e.at, e.action, e.facts
    from core.event e
    where e.ticket_id = p_ticket and (e.seq = 1 or e.to_state is distinct from e.from_state
      or e.facts ?| '{contact_from,contacted_at,answer_from,answer_fixed_at,answered_at,closed_at}')
  ),
  folded as (
    select e.n, e.seq, e.at, e.action, core.apply_facts(null, e.facts) as t
    from told e where e.n = 1
    union all
    select e.n, e.seq, e.at, e.action, core.apply_facts(f.t, e.facts)
    from folded f join told e on e.n = f.n + 1
  ),
  states as (
    select c.clock, f.seq, f.at, f.action,
           case when c.started is null then null
                when c.ended is not null or (f.t).closed_at is not null or s.clock = 'stop' then 'ended'
                when s.clock = 'hold' then 'held'
                else 'running' end as state
    from folded f
    join core.state s on s.code = (f.t).state
    cross join lateral (values
      ('contact', (f.t).contact_from, (f.t).contacted_at),
      ('answer', coalesce((f.t).answer_from, (f.t).answer_fixed_at), (f.t).answered_at)) c(clock, started, ended)
  ),
  changes as (
    select *, lag(state) over (partition by clock order by seq) as before from states
  ),
  spans as (
    select *, lead(at) over (partition by clock order by seq) as until from changes where state is distinct from before
  )
  select clock, state, at, until, action from spans where state is not null order by clock, seq
$$;

create or replace function core.explain_clock(p_from timestamptz, p_due timestamptz, p_workdays int, p_hours int,
                                              p_ended timestamptz, t core.ticket) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_due is not null or p_from is not null then jsonb_build_object(
    'from', p_from, 'due_at', p_due, 'workdays', p_workdays, 'hours', p_hours, 'ended_at', p_ended,
    'days', case when p_workdays is null or p_hours is not null then '[]'::jsonb
            else core.counted_days(p_from, coalesce(p_due, now()), t.held, t.district_id) end) end
$$;

create or replace function api.explain_due(p_ticket bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
  policy core.sla_policy;
begin
  policy := core.policy_of(t, coalesce(t.answer_from, now()));
  return jsonb_build_object(
    'contact', core.explain_clock(t.contact_from, t.contact_due_at, t.contact_workdays, t.contact_hours,
                                  t.contacted_at, t),
    'answer', core.explain_clock(t.answer_from, t.answer_due_at,
                                 case when t.answer_fixed_at is null then t.answer_workdays end,
                                 case when t.answer_fixed_at is null then t.answer_hours end, t.answered_at, t),
    'policy', jsonb_build_object('id', policy.id, 'basis', policy.basis, 'fixed_at', t.answer_fixed_at,
                                 'extensions', t.extensions, 'held', t.held <> '{}'),
    'provisional', t.due_provisional,
    'segments', (select coalesce(jsonb_agg(jsonb_build_object('clock', s.clock, 'state', s.state, 'from', s.from_at,
                   'to', s.to_at, 'reason', s.reason)), '[]') from core.clock_segments(t.id) s));
end $$;
revoke all on function api.explain_due from public;
grant execute on function api.explain_due to ld_console;

create or replace function api.clock_segments(p_ticket bigint)
returns table (clock text, state text, from_at timestamptz, to_at timestamptz, reason text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.* from core.clock_segments((core.seen_ticket(p_ticket)).id) s
$$;
revoke all on function api.clock_segments from public;
grant execute on function api.clock_segments to ld_console;

-- The ticket if this person may see it, else LD004 with no word about whether it exists. The right is asked of no ticket,
-- too: a session's first question plans what later ones find planned.
drop function if exists core.seen_ticket(bigint);
create or replace function core.seen_ticket(p_ticket bigint, p_began timestamptz default clock_timestamp())
returns core.ticket language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.ticket_of(p_ticket);
  v_seen boolean := core.may_see(t);
begin
  if t.id is null or not v_seen then
    perform core.wait_out(p_began);
    perform core.refuse('no_such_ticket', p_state => 'LD004');
  end if;
  return t;
end $$;

-- Those of some tickets that this person sees, in the order of their ids; each of the others takes the time of a refusal.
-- The plan is made once: over all months that takes longer than the wait.
create or replace function core.seen_tickets(p_tickets bigint[]) returns bigint[]
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_began constant timestamptz := clock_timestamp();
  v_seen constant bigint[] := array(
    select t.id from core.ticket t where t.id = any (p_tickets) and core.may_see(t) order by t.id);
  v_others constant integer := (select count(distinct i) from unnest(p_tickets) i) - cardinality(v_seen);
begin
  if v_others > 0 then
    perform core.wait_out(v_began, v_others);
  end if;
  return v_seen;
end $$;

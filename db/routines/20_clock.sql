-- The two clocks of a ticket (C3): which policy sets them, when they are due, when the light turns.

-- The most specific valid policy: rank, then the deeper category, then kind, then channel.
create or replace function core.sla_for(p_district smallint, p_category int, p_kind text, p_channel text, p_on date)
returns core.sla_policy
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive up as (
    select id, parent_id, level from core.category where id = p_category
    union all
    select c.id, c.parent_id, c.level from core.category c join up on c.id = up.parent_id
  )
  select p
  from core.sla_policy p left join up on up.id = p.category_id
  where p.district_id = p_district and p.valid @> p_on
    and (p.category_id is null or up.id is not null)
    and (p.kind is null or p.kind = p_kind)
    and (p.channel is null or p.channel = p_channel)
  order by p.rank desc, up.level desc nulls last, p.kind nulls last, p.channel nulls last, p.id
  limit 1
$$;

-- An hour clock counts from the moment (R211, R219); held time is added. null: held without end.
create or replace function core.hours_due(p_from timestamptz, p_span interval, p_held tstzmultirange) returns timestamptz
language plpgsql immutable as $$
declare
  due timestamptz := p_from + p_span;
  hold tstzrange;
begin
  for hold in select unnest(p_held) loop
    exit when lower(hold) > due;
    if upper_inf(hold) then
      return null;
    end if;
    due := due + greatest(upper(hold) - greatest(lower(hold), p_from), '0');
  end loop;
  return due;
end $$;

-- When a clock of working days or of hours is out; null without a start.
create or replace function core.clock_end(p_from timestamptz, p_workdays int, p_hours numeric, p_held tstzmultirange,
                                          p_tz text, p_closes time) returns timestamptz
language plpgsql stable as $$
begin
  if p_hours is not null then
    return core.hours_due(p_from, p_hours * interval '1 hour', p_held);
  end if;
  return (core.nth_workday((p_from at time zone p_tz)::date, p_workdays, p_held, p_tz, p_closes) + p_closes)
         at time zone p_tz;
end $$;

-- The same as a due moment: refused where the calendar does not reach.
create or replace function core.clock_due(p_from timestamptz, p_workdays int, p_hours int, p_held tstzmultirange,
                                          p_tz text, p_closes time) returns timestamptz
language plpgsql stable as $$
declare
  due timestamptz := core.clock_end(p_from, p_workdays, p_hours, p_held, p_tz, p_closes);
begin
  if due is null and p_workdays is not null and p_from is not null and not coalesce(upper_inf(p_held), false) then
    perform core.refuse('calendar_ends', jsonb_build_object('from', p_from, 'workdays', p_workdays));
  end if;
  return due;
end $$;

-- Due moments and light of a ticket row. A clock that has ended keeps the due moment it had: a later notice or
-- setting must not turn work done in time into work done late.
create or replace function core.clock_times(
  t core.ticket,
  out contact_due_at timestamptz, out answer_due_at timestamptz, out due_at timestamptz,
  out yellow_at timestamptz, out red_at timestamptz, out due_provisional boolean)
language plpgsql stable as $$
declare
  contact_ended boolean := t.contacted_at is not null or t.closed_at is not null;
  answer_ended boolean := t.answered_at is not null or t.closed_at is not null;
  h record;
begin
  select o.tz, o.closes, s.clock as mode, coalesce(y.value::int, 1) as yellow_workdays,
         (select min(w.day) from core.workday w where w.provisional) as provisional_from
  into h
  from core.office_hours(t.district_id) o
  left join core.state s on s.code = t.state
  left join core.setting y on y.district_id = t.district_id and y.key = 'yellow_workdays';

  contact_due_at := t.contact_due_at;
  if not contact_ended or contact_due_at is null then
    contact_due_at := core.clock_due(t.contact_from, t.contact_workdays, t.contact_hours, t.held, h.tz, h.closes);
  end if;
  answer_due_at := t.answer_due_at;
  if not answer_ended or answer_due_at is null then
    answer_due_at := coalesce(t.answer_fixed_at,
      core.clock_due(t.answer_from, t.answer_workdays, t.answer_hours, t.held, h.tz, h.closes));
  end if;

  due_provisional := coalesce(not contact_ended and t.contact_hours is null
      and (contact_due_at at time zone h.tz)::date >= h.provisional_from, false)
    or coalesce(not answer_ended and t.answer_hours is null and t.answer_fixed_at is null
      and (answer_due_at at time zone h.tz)::date >= h.provisional_from, false);

  if h.mode not in ('none', 'run') then
    return;
  end if;
  -- The handling clock belongs to the citizen and runs on in every such state; contact is the holding unit's (D3, T9).
  -- Yellow (R209, D11): working days before due; half of the time of an hour clock.
  if not contact_ended and t.state in ('SENT', 'WORK', 'RETURN')
     and (contact_due_at <= answer_due_at or answer_ended or answer_due_at is null) then
    due_at := contact_due_at;
    yellow_at := core.clock_end(t.contact_from, t.contact_workdays - h.yellow_workdays, t.contact_hours / 2.0, t.held,
                                h.tz, h.closes);
  elsif not answer_ended then
    due_at := answer_due_at;
    yellow_at := case
      when t.answer_fixed_at is null then
        core.clock_end(t.answer_from, t.answer_workdays - h.yellow_workdays, t.answer_hours / 2.0, t.held,
                       h.tz, h.closes)
      else coalesce(  -- a day before, where the calendar does not reach
        core.clock_end(t.answer_fixed_at - interval '1 day', 1 - h.yellow_workdays, null, '{}', h.tz, h.closes),
        t.answer_fixed_at - interval '1 day') end;
  end if;
  red_at := due_at + interval '1 second';
end $$;

create or replace function core.clock_facts(t core.ticket) returns jsonb
language sql stable as $$
  select to_jsonb(c) from core.clock_times(t) c
$$;

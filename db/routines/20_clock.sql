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
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  due timestamptz := p_from + p_span;
  hold tstzrange;
begin
  for hold in select unnest(p_held) loop
    exit when lower(hold) > due;
    due := due + greatest(upper(hold) - greatest(lower(hold), p_from), '0');
    if upper_inf(hold) then
      return null;
    end if;
  end loop;
  return due;
end $$;

create or replace function core.clock_due(p_from timestamptz, p_workdays int, p_hours int, p_held tstzmultirange,
                                          p_district smallint) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_hours is not null then
    return core.hours_due(p_from, make_interval(hours => p_hours), p_held);
  elsif p_from is not null and p_workdays is not null then
    return core.workday_due(p_from, p_workdays, p_held, p_district);
  end if;
  return null;
end $$;

create or replace function core.yellow_workdays(p_district smallint) returns int
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select (s.value)::int from core.setting s
                   where s.district_id = p_district and s.key = 'yellow_workdays'), 1);
end $$;

-- Yellow (R209, D11): one working day before due, or setting 'yellow_workdays'; half of the time of an hour clock.
create or replace function core.clock_yellow(p_from timestamptz, p_workdays int, p_hours int, p_held tstzmultirange,
                                             p_district smallint) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_hours is not null then
    return core.hours_due(p_from, make_interval(mins => p_hours * 30), p_held);
  end if;
  return core.workday_end(p_from, p_workdays - core.yellow_workdays(p_district), p_held, p_district);
end $$;

-- Yellow before a moment given from outside; a day before it where the calendar does not reach.
create or replace function core.fixed_yellow(p_fixed timestamptz, p_district smallint) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(core.workday_end(p_fixed - interval '1 day', 1 - core.yellow_workdays(p_district), '{}', p_district),
                  p_fixed - interval '1 day');
end $$;

-- Due moments and light of a ticket row. A clock that has ended keeps the due moment it had: a later notice or
-- setting must not turn work done in time into work done late.
create or replace function core.clock_times(
  t core.ticket,
  out contact_due_at timestamptz, out answer_due_at timestamptz, out due_at timestamptz,
  out yellow_at timestamptz, out red_at timestamptz, out due_provisional boolean)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  zone text;
  mode text;
  contact_ended boolean := t.contacted_at is not null or t.closed_at is not null;
  answer_ended boolean := t.answered_at is not null or t.closed_at is not null;
begin
  select d.tz into zone from core.district d where d.id = t.district_id;
  select s.clock into mode from core.state s where s.code = t.state;

  contact_due_at := t.contact_due_at;
  if not contact_ended or contact_due_at is null then
    contact_due_at := core.clock_due(t.contact_from, t.contact_workdays, t.contact_hours, t.held, t.district_id);
  end if;
  answer_due_at := t.answer_due_at;
  if not answer_ended or answer_due_at is null then
    answer_due_at := coalesce(t.answer_fixed_at,
      core.clock_due(t.answer_from, t.answer_workdays, t.answer_hours, t.held, t.district_id));
  end if;

  due_provisional := false;
  if not contact_ended and t.contact_hours is null and contact_due_at is not null then
    due_provisional := core.is_provisional((t.contact_from at time zone zone)::date + 1,
                                           (contact_due_at at time zone zone)::date);
  end if;
  if not answer_ended and t.answer_hours is null and t.answer_fixed_at is null and answer_due_at is not null then
    due_provisional := due_provisional or core.is_provisional((t.answer_from at time zone zone)::date + 1,
                                                              (answer_due_at at time zone zone)::date);
  end if;

  if mode not in ('none', 'run') then
    return;
  end if;
  -- The handling clock belongs to the citizen and runs on in every such state; contact is the holding unit's (D3, T9).
  if not answer_ended and answer_due_at is not null then
    due_at := answer_due_at;
    yellow_at := case when t.answer_fixed_at is not null then core.fixed_yellow(t.answer_fixed_at, t.district_id)
      else core.clock_yellow(t.answer_from, t.answer_workdays, t.answer_hours, t.held, t.district_id) end;
  end if;
  if not contact_ended and t.state in ('SENT', 'WORK', 'RETURN')
     and contact_due_at <= coalesce(due_at, contact_due_at) then
    due_at := contact_due_at;
    yellow_at := core.clock_yellow(t.contact_from, t.contact_workdays, t.contact_hours, t.held, t.district_id);
  end if;
  red_at := due_at + interval '1 second';
end $$;

create or replace function core.clock_facts(t core.ticket) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (select to_jsonb(c) from core.clock_times(t) c);
end $$;

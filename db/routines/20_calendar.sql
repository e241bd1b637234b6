-- Working days (R211-R214, R217, R218, D2): what counts, when a day ends, and when n of them are over.

-- Let the table reach two years past p_year; new days are Monday to Friday, provisional without a notice.
create or replace function core.extend_calendar(p_year int) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.workday (day, working, provisional, wd_no)
  select d::date, extract(isodow from d) < 6,
         not exists (select from core.calendar_notice n where n.year = extract(year from d)), 0
  from generate_series(coalesce((select max(day) + 1 from core.workday), make_date(p_year, 1, 1))::timestamp,
                       make_date(p_year + 2, 12, 31), '1 day') d
$$;

-- Number the working days afresh, writing only the rows that move.
create or replace function core.refresh_wd_no() returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  update core.workday w set wd_no = n.wd_no
  from (select day, count(*) filter (where working) over (order by day)::int as wd_no from core.workday) n
  where n.day = w.day and n.wd_no <> w.wd_no
$$;

-- Set the days of one year's notice: [{"day","working","name","notice"}]. A later text for the same year replaces
-- the earlier one; December days set by the next year's notice stay. refresh_wd_no() must follow.
create or replace function core.load_notice(p_year int, p_title text, p_days jsonb) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.calendar_notice as n (year, title) values (p_year, p_title)
  on conflict (year) do update set title = excluded.title, loaded_at = clock_timestamp(), loaded_by = session_user;

  select core.extend_calendar(p_year);

  update core.workday
  set working = extract(isodow from day) < 6, name = '', notice = '', notice_year = null, provisional = false
  where notice_year = p_year or (notice_year is null and extract(year from day) = p_year);

  update core.workday w
  set working = d.working, name = d.name, notice = d.notice, notice_year = p_year
  from jsonb_to_recordset(p_days) as d(day date, working boolean, name text, notice text)
  where w.day = d.day
$$;

-- Where and when a district's working day ends: 24:00, or the close of business in setting 'day_end'. One row also
-- for a district that is not there yet: the calendar is older than any district.
-- No `set search_path` on the small functions here: they run inside definer functions, name every table in full,
-- and the clause would cost more than they do.
create or replace function core.office_hours(p_district smallint) returns table (tz text, closes time)
language sql stable as $$
  select coalesce(d.tz, 'Asia/Shanghai'), least(coalesce(s.value #>> '{}', '24:00')::time, '23:59:59')
  from (values (p_district)) given(id)
  left join core.district d using (id)
  left join core.setting s on s.district_id = d.id and s.key = 'day_end'
$$;

-- The last second of a day that is still in time.
create or replace function core.day_end(p_day date, p_district smallint) returns timestamptz
language sql stable as $$
  select (p_day + h.closes) at time zone h.tz from core.office_hours(p_district) h
$$;

-- The nth working day after a day, which never counts itself; a working day whose end was held does not count.
-- n = 0: the last working day up to and including the start; -1 the one before it.
create or replace function core.nth_workday(p_start date, p_n int, p_held tstzmultirange, p_tz text, p_closes time)
returns date
language plpgsql stable as $$
begin
  if p_n <= 0 or isempty(p_held) then
    return (select e.day from core.workday s join core.workday e on e.working and e.wd_no = s.wd_no + p_n
            where s.day = p_start);
  end if;
  return (select w.day from core.workday w
          where w.working and w.day > p_start and not p_held @> ((w.day + p_closes) at time zone p_tz)
          order by w.day offset p_n - 1 limit 1);
end $$;

-- End of that day; null when a hold without end swallows the rest, or the calendar ends.
create or replace function core.workday_end(p_from timestamptz, p_n int, p_held tstzmultirange, p_district smallint)
returns timestamptz
language sql stable as $$
  select (core.nth_workday((p_from at time zone h.tz)::date, p_n, p_held, h.tz, h.closes) + h.closes)
         at time zone h.tz
  from core.office_hours(p_district) h
$$;

create or replace function core.workday_due(p_from timestamptz, p_n int, p_held tstzmultirange, p_district smallint)
returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  due timestamptz := core.workday_end(p_from, p_n, p_held, p_district);
begin
  if due is null and not coalesce(upper_inf(p_held), false) then
    perform core.refuse('calendar_ends', jsonb_build_object('from', p_from, 'workdays', p_n));
  end if;
  return due;
end $$;

-- Working days after the start day up to and including the end day (R217): 0 on the same day.
-- Definer, because exports use it in a view that runs with the reader's rights.
create or replace function core.workdays_between(p_from timestamptz, p_to timestamptz, p_district smallint) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select t.wd_no - f.wd_no
          from core.district d
          join core.workday f on f.day = (p_from at time zone d.tz)::date
          join core.workday t on t.day = (p_to at time zone d.tz)::date
          where d.id = p_district);
end $$;
revoke all on function core.workdays_between from public;
grant execute on function core.workdays_between to ld_console;

create or replace function core.is_provisional(p_from date, p_to date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from core.workday where provisional and day between p_from and p_to)
$$;

-- A legal period in calendar days; a last day that is a rest day moves to the next working day (R211, R215).
create or replace function core.legal_due(p_from timestamptz, p_days int, p_district smallint) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select core.day_end(min(w.day), p_district)
  from core.workday w
  where w.working and w.day >= (select (p_from at time zone d.tz)::date + p_days
                                from core.district d where d.id = p_district)
$$;

-- Every day from the one after the start up to the due day, for the card "why this deadline".
create or replace function core.counted_days(p_from timestamptz, p_due timestamptz, p_held tstzmultirange,
                                             p_district smallint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'day', w.day, 'counted', w.working and not x.held, 'notice', w.notice, 'working', w.working,
           'held', x.held, 'provisional', w.provisional) order by w.day), '[]')
  from core.office_hours(p_district) h
  join core.workday w on w.day > (p_from at time zone h.tz)::date and w.day <= (p_due at time zone h.tz)::date
  cross join lateral (select p_held @> ((w.day + h.closes) at time zone h.tz) as held) x
$$;

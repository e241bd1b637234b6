-- Who acts: the person behind the session, and how units lie within one another.

create or replace function core.actor() returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.myself();
begin
  if person.login is null then  -- the owner of the server works as the system
    person.login := session_user;
    person.duties := array['system'];
  end if;
  return person;
end $$;

-- Is the unit p_ancestor, or does it lie below it?
create or replace function core.within(p_unit int, p_ancestor int) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive line as (
    select id, parent_id from core.unit where id = p_unit
    union
    select u.id, u.parent_id from core.unit u join line on u.id = line.parent_id
  )
  select exists (select from line where id = p_ancestor)
$$;

-- The accused party is a unit with everything above and below it.
create or replace function core.related(p_unit int, p_other int) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select core.within(p_unit, p_other) or core.within(p_other, p_unit)
$$;

create or replace function core.setting_value(p_district smallint, p_key text) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select value from core.setting where district_id = p_district and key = p_key
$$;

-- A ticket by its id, null when there is none. What reads or writes one ticket is planned each time, for its month alone:
-- 0.1 ms. A kept plan spans all months, takes 8 ms at 41 of them, and each desk makes it anew whenever one is counted.
-- The row is one value: 85 columns are half as long again to plan.
create or replace function core.ticket_of(p_ticket bigint) returns core.ticket
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  return (select k from core.ticket k where k.id = p_ticket);
end $$;

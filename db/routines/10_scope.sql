-- Who is asking, and what may they see. Always from session_user, never from a setting an operator can change.
-- plpgsql, because it keeps its plans for the session: row security calls these once or more per query.

create or replace function core.my_unit() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_mine integer := (select s.unit_id from core.staff s where s.login = session_user and s.valid @> now() and not s.must_change);
begin
  if v_mine is null then
    perform core.myself();  -- says why
  end if;
  return v_mine;
end $$;

create or replace function core.my_district() returns smallint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_mine smallint := (select s.district_id from core.staff s where s.login = session_user and s.valid @> now() and not s.must_change);
begin
  if v_mine is null then
    perform core.myself();  -- says why
  end if;
  return v_mine;
end $$;

create or replace function core.my_scope() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select case u.kind
                   when 'centre' then 'all'
                   when 'town' then 'town'
                   when 'area' then 'area' when 'community' then 'area' when 'window' then 'area'
                   else 'dept'
                 end
          from core.unit u where u.id = core.my_unit());
end $$;

create or replace function core.my_town() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select t.town_id from core.unit u join core.territory t on t.id = u.territory_id where u.id = core.my_unit());
end $$;

create or replace function core.my_area() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select t.area_id from core.unit u join core.territory t on t.id = u.territory_id where u.id = core.my_unit());
end $$;

create or replace function core.my_dept() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select u.root_id from core.unit u where u.id = core.my_unit());
end $$;

-- A unit and all below it.
create or replace function core.unit_branch(p_unit integer) returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(
    with recursive below as (
      select p_unit as id
      union
      select u.id from core.unit u join below b on u.parent_id = b.id
    ) select id from below);
end $$;

-- My unit with everything above and below it: whoever of these is accused, I may not see the ticket (R902).
create or replace function core.my_line() returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.unit_branch(core.my_unit()) || array(
    with recursive above as (
      select u.parent_id as id from core.unit u where u.id = core.my_unit()
      union
      select u.parent_id from core.unit u join above a on u.id = a.id
    ) select id from above where id is not null);
end $$;

-- The rule of row security (90_policies.sql) for functions that run as the owner.
create or replace function core.may_see(t core.ticket) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_scope text := core.my_scope();
begin
  if v_scope is null or t.district_id is distinct from core.my_district() then
    return false;
  end if;
  if v_scope = 'all' then
    return true;
  end if;
  if t.accused_unit_id = any (core.my_line()) then
    return false;
  end if;
  return coalesce(case v_scope
      when 'town' then core.my_town() in (t.p_town, t.h_town)
      when 'area' then core.my_area() in (t.p_area, t.h_area)
      else core.my_dept() = t.h_dept
    end, false)
    or exists (
      select from core.guest g where g.district_id = t.district_id and g.ticket_id = t.id
        and case v_scope when 'town' then g.h_town = core.my_town() when 'area' then g.h_area = core.my_area()
                         else g.h_dept = core.my_dept() end);
end $$;

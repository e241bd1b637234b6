-- Who is asking, and what may they see. Always from session_user, never from a setting an operator can change.
-- plpgsql, because it keeps its plans for the session: row security calls these once or more per query.

-- Where a person stands; no row for who does not work here now. Inlined: no SET, and nothing but SQL.
drop function if exists core.place_of(name);
create function core.place_of(p_login name)
returns table (district_id smallint, unit_id integer, scope text, town integer, area integer, dept integer, feed_scope text)
language sql stable as $$
  select s.district_id, s.unit_id,
         case u.kind when 'centre' then 'all'
                     when 'town' then 'town'
                     when 'area' then 'area' when 'community' then 'area' when 'window' then 'area'
                     else 'dept' end,
         t.town_id, t.area_id, u.root_id, u.feed_scope
  from core.staff s
  join core.unit u on u.id = s.unit_id
  left join core.territory t on t.id = u.territory_id
  where s.login = p_login and s.valid @> clock_timestamp() and not s.must_change
$$;

-- The scope a unit's people wait for (80_feed.sql), kept with the unit: every desk asks for it many times a minute.
-- One that has no place yet waits for a scope of its own, in which nothing happens.
create or replace function core.tg_unit__feed_scope() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.feed_scope := (
    select coalesce(case when new.kind = 'centre' then 'district ' || new.district_id
                         when new.kind = 'town' then 'town ' || t.town_id
                         when new.kind in ('area', 'community', 'window') then 'area ' || t.area_id
                         else 'dept ' || new.root_id end, 'unit ' || new.id)
    from (values (new.territory_id)) u(territory_id) left join core.territory t on t.id = u.territory_id);
  return new;
end $$;

create or replace function core.tg_territory__feed_scope() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update core.unit u set territory_id = u.territory_id where u.territory_id = new.id;
  return null;
end $$;

create or replace trigger _300_feed_scope before insert or update on core.unit
  for each row execute function core.tg_unit__feed_scope();
create or replace trigger _300_feed_scope after update on core.territory
  for each row when ((old.town_id, old.area_id) is distinct from (new.town_id, new.area_id))
  execute function core.tg_territory__feed_scope();

create or replace function core.standpoint(p_login name)
returns table (district_id smallint, unit_id integer, scope text, town integer, area integer, dept integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select p.district_id, p.unit_id, p.scope, p.town, p.area, p.dept from core.place_of(p_login) p;
end $$;

create or replace function core.my_unit() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_mine integer := (select s.unit_id from core.standpoint(session_user) s);
begin
  if v_mine is null then
    perform core.myself();  -- says why
  end if;
  return v_mine;
end $$;

create or replace function core.my_district() returns smallint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_mine smallint := (select s.district_id from core.standpoint(session_user) s);
begin
  if v_mine is null then
    perform core.myself();  -- says why
  end if;
  return v_mine;
end $$;

create or replace function core.my_scope() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.scope from core.standpoint(session_user) s);
end $$;

create or replace function core.my_town() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.town from core.standpoint(session_user) s);
end $$;

create or replace function core.my_area() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.area from core.standpoint(session_user) s);
end $$;

create or replace function core.my_dept() returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select s.dept from core.standpoint(session_user) s);
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

-- A unit and all above it.
create or replace function core.unit_line(p_unit integer) returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(
    with recursive above as (
      select p_unit as id
      union
      select u.parent_id from core.unit u join above a on u.id = a.id
    ) select id from above where id is not null);
end $$;

-- Accused units that keep me off a ticket in any case: mine and those above it.
create or replace function core.my_line() returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.unit_line(core.my_unit());
end $$;

-- Accused units that keep me off unless my unit was given the ticket: those below mine.
create or replace function core.my_branch() returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array_remove(core.unit_branch(core.my_unit()), core.my_unit());
end $$;

-- R902, R903: is the person kept off the ticket? The centre handles complaints about units; its people are kept
-- off by name alone. The unit next above the accused one may handle the ticket, and then sees it.
create or replace function core.is_barred(t core.ticket, p_login name, p_unit integer, p_scope text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (
    select from core.barred b
    where b.district_id = t.district_id and b.ticket_id = t.id
      and (b.login = p_login
        or p_scope <> 'all' and (b.unit_id = any (core.unit_line(p_unit))
          or t.handler_unit_id is distinct from p_unit and b.unit_id = any (core.unit_branch(p_unit)))));
end $$;

-- The rule of row security (90_policies.sql) for functions that run as the owner.
create or replace function core.person_sees(t core.ticket, p_login name) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me record;
begin
  select * into me from core.standpoint(p_login);
  if me.scope is null or t.district_id <> me.district_id or core.is_barred(t, p_login, me.unit_id, me.scope) then
    return false;
  end if;
  return coalesce(case me.scope
      when 'all' then true
      when 'town' then me.town in (t.p_town, t.h_town)
      when 'area' then me.area in (t.p_area, t.h_area)
      else me.dept = t.h_dept
    end, false)
    or exists (
      select from core.guest g where g.district_id = t.district_id and g.ticket_id = t.id
        and case me.scope when 'town' then g.h_town = me.town when 'area' then g.h_area = me.area
                          else g.h_dept = me.dept end);
end $$;

create or replace function core.may_see(t core.ticket) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.my_unit();  -- refuses whoever works here no more
  return core.person_sees(t, session_user);
end $$;

-- The same for what belongs to a ticket: in a policy this is one partition's look-up, where a sub-select over all
-- tickets would be planned over every month. The plan is made once: what it costs to plan is what it is to save.
create or replace function core.sees(p_district smallint, p_ticket bigint) returns boolean
language plpgsql stable security definer cost 1000
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  t core.ticket := (select k from core.ticket k where k.district_id = p_district and k.id = p_ticket);
begin
  return t.id is not null and core.person_sees(t, session_user);
end $$;

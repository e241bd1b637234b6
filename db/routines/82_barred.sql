-- core.barred keeps up with the tickets and withdrawals: who is kept off passes between a merged ticket and its main
-- ticket, and on to what follows them (T24), for an interest is in the matter and in what comes of it.

-- A matter: a main ticket and what was merged into it. Named by the main ticket's id.
create or replace function core.matters_of(p_tickets bigint[]) returns bigint[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(select distinct coalesce(t.main_ticket_id, t.id) from core.ticket t where t.id = any (p_tickets))
$$;

-- Each of these matters, with itself and whatever it follows as its sources.
create or replace function core.sources_of(p_matters bigint[]) returns table (matter bigint, source bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive path (matter, source) as (
    select m, m from unnest(p_matters) m
    union
    select p.matter, coalesce(before.main_ticket_id, before.id)
    from path p
    join core.ticket t on t.id = p.source or t.main_ticket_id = p.source
    join core.ticket before on before.id = t.follows_ticket_id
  )
  select path.* from path
$$;

-- These matters and all that follow them.
create or replace function core.matters_from(p_matters bigint[]) returns bigint[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive path (matter) as (
    select m from unnest(p_matters) m
    union
    select coalesce(after.main_ticket_id, after.id)
    from path p
    join core.ticket t on t.id = p.matter or t.main_ticket_id = p.matter
    join core.ticket after on after.follows_ticket_id = t.id
  )
  select array(select path.matter from path)
$$;

-- Everybody who must be kept off the tickets of these matters.
create or replace function core.barred_from(p_matters bigint[]) returns setof core.barred
language sql stable set search_path = pg_catalog, pg_temp as $$
  with sources as (
    select s.matter, t.district_id, t.id, t.accused_unit_id, t.accused_login
    from core.sources_of(p_matters) s join core.ticket t on t.id = s.source or t.main_ticket_id = s.source
  ), named as (
    select s.matter, s.accused_unit_id as unit_id, null::name as login from sources s where s.accused_unit_id is not null
    union
    select s.matter, null, s.accused_login from sources s where s.accused_login is not null
    union
    select s.matter, null, w.login
    from sources s join core.withdrawal w on w.district_id = s.district_id and w.ticket_id = s.id
  )
  select t.district_id, t.id, n.unit_id, n.login
  from named n join core.ticket t on t.id = n.matter or t.main_ticket_id = n.matter
$$;

-- Staff who see one of the tickets although a row newly wanted is about them or the units around theirs.
create or replace function core.about_to_lose(p_wanted core.barred[]) returns table (ticket core.ticket, login name)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with concerned as (  -- from the rows wanted outwards: never over all tickets or all staff
    select distinct w.district_id, w.ticket_id, s.login
    from unnest(p_wanted) w
    join core.staff s on s.district_id = w.district_id
      and case when w.login is not null then s.login = w.login else core.related(s.unit_id, w.unit_id) end
  )
  select t, c.login
  from concerned c
  join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id
  where core.person_sees(t, c.login)
$$;

-- Bring the register of these tickets' matters, and of all that follow, up to date; whoever loses sight of one hears that it went.
create or replace function core.keep_barred(p_tickets bigint[]) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  matters bigint[] := core.matters_from(core.matters_of(p_tickets));
  wanted core.barred[] := array(select b from core.barred_from(matters) b);
  known core.barred[] := array(
    select b from core.barred b join core.ticket t on t.district_id = b.district_id and t.id = b.ticket_id
    where t.id = any (matters) or t.main_ticket_id = any (matters));
  fresh core.barred[] := array(select w from unnest(wanted) w where w <> all (known));
  seeing name[];
  sought bigint[];
begin
  select array_agg(l.login), array_agg((l.ticket).id) into seeing, sought from core.about_to_lose(fresh) l;
  delete from core.barred b
    where b.ticket_id in (select t.id from core.ticket t where t.id = any (matters) or t.main_ticket_id = any (matters))
      and not b = any (wanted);
  insert into core.barred select f.* from unnest(fresh) f;
  insert into core.change (what, id, version, district_id, scope)
    select 'ticket', t.id, t.version, t.district_id, 'person ' || s.login
    from unnest(sought, seeing) s(id, login) join core.ticket t on t.id = s.id
    where not core.person_sees(t, s.login);
  delete from core.claim c  -- or it would keep everybody else away, and its desk renews it
    using unnest(sought, seeing) s(id, login) join core.ticket t on t.id = s.id
    where c.district_id = t.district_id and c.ticket_id = t.id and c.login = s.login and not core.person_sees(t, s.login);
end $$;

create or replace function core.tg_ticket__barred() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.keep_barred(array[new.id] || case tg_op when 'UPDATE' then array[old.main_ticket_id] end);
  return null;
end $$;

create or replace function core.tg_withdrawal__barred() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.keep_barred(array[new.ticket_id]);
  return null;
end $$;

-- At its birth a ticket is unknown to everybody: who is kept off then hears nothing at all.
create or replace function core.tg_ticket__born_barred() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.barred select b.* from core.barred_from(array[new.id]) b;
  return null;
end $$;

-- After _600_guest: a handler that loses the ticket is its guest by then, and so hears of it.
create or replace trigger _650_barred_born after insert on core.ticket for each row
  when (new.accused_unit_id is not null or new.accused_login is not null or new.follows_ticket_id is not null)
  execute function core.tg_ticket__born_barred();
create or replace trigger _650_barred after update on core.ticket for each row
  when ((old.accused_unit_id, old.accused_login, old.main_ticket_id)
    is distinct from (new.accused_unit_id, new.accused_login, new.main_ticket_id))
  execute function core.tg_ticket__barred();
create or replace trigger _650_barred after insert on core.withdrawal
  for each row execute function core.tg_withdrawal__barred();

-- Guests of a ticket: whoever is in its custody register and is not its handler now.

create or replace function core.add_guests(p_rows core.custody[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into core.guest
  select distinct c.district_id, c.ticket_id, c.unit_id,
         (f.facts ->> 'h_town')::integer, (f.facts ->> 'h_area')::integer, (f.facts ->> 'h_dept')::integer
  from unnest(p_rows) c
  join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id
  cross join lateral core.unit_facts(c.unit_id) f(facts)
  where t.handler_unit_id is distinct from c.unit_id
  on conflict do nothing
$$;

create or replace function core.tg_custody__guest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.add_guests(array(select row(n.*)::core.custody from new_rows n));
  return null;
end $$;

-- A new handler sees the ticket by its own columns; the one before becomes a guest.
create or replace function core.tg_ticket__guest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from new_rows n join old_rows o using (district_id, id)
                 where n.handler_unit_id is distinct from o.handler_unit_id) then
    return null;
  end if;
  delete from core.guest g using new_rows n
    where g.district_id = n.district_id and g.ticket_id = n.id and g.unit_id = n.handler_unit_id;
  perform core.add_guests(array(
    select row(c.*)::core.custody from core.custody c
    join new_rows n on n.district_id = c.district_id and n.id = c.ticket_id
    join old_rows o on o.district_id = n.district_id and o.id = n.id and o.handler_unit_id = c.unit_id
    where n.handler_unit_id is distinct from o.handler_unit_id));
  return null;
end $$;

create or replace trigger _600_guest after insert on core.custody
  referencing new table as new_rows for each statement execute function core.tg_custody__guest();
create or replace trigger _600_guest after update on core.ticket
  referencing old table as old_rows new table as new_rows for each statement execute function core.tg_ticket__guest();

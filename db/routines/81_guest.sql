-- Guests of a ticket: whoever is in its custody register and is not its handler now.

create or replace function core.guest_of(p_district smallint, p_ticket bigint, p_unit int) returns core.guest
language sql stable as $$
  select jsonb_populate_record(row(p_district, p_ticket, p_unit, null, null, null)::core.guest, core.unit_facts(p_unit))
$$;

create or replace function core.tg_custody__guest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.guest
  select g.*
  from new_rows n
  join core.ticket t on t.district_id = n.district_id and t.id = n.ticket_id
  cross join lateral core.guest_of(n.district_id, n.ticket_id, n.unit_id) g
  where t.handler_unit_id is distinct from n.unit_id
  on conflict do nothing;
  return null;
end $$;

-- A new handler sees the ticket by its own columns; the one before becomes a guest.
create or replace function core.tg_ticket__guest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from core.guest g
    where g.district_id = new.district_id and g.ticket_id = new.id and g.unit_id = new.handler_unit_id;
  insert into core.guest
  select g.*
  from core.guest_of(old.district_id, old.id, old.handler_unit_id) g
  where exists (select from core.custody c
                where c.district_id = old.district_id and c.ticket_id = old.id and c.unit_id = old.handler_unit_id)
  on conflict do nothing;
  return null;
end $$;

create or replace trigger _600_guest after insert on core.custody
  referencing new table as new_rows for each statement execute function core.tg_custody__guest();
create or replace trigger _600_guest after update on core.ticket for each row
  when (old.handler_unit_id is distinct from new.handler_unit_id) execute function core.tg_ticket__guest();

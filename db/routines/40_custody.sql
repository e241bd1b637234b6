-- Custody: which unit held the ticket, how long, and how it ended (S49). Derived from the row after each event.

-- The register as it must look once the row is t: spans no longer wanted end, wanted ones begin or go on.
create or replace function core.custody_after(
  p_register core.custody[], t core.ticket, p_at timestamptz, p_action text, p_basis text)
returns core.custody[] language sql immutable set search_path = pg_catalog, pg_temp as $$
  with wanted as (
    select t.handler_unit_id as unit_id, 'lead' as role
    where t.is_open and t.handler_unit_id is not null
    union all
    select u, 'assist' from unnest(t.assist_unit_ids) u where t.is_open and t.handler_unit_id is not null
  ), known as (
    select c.*, exists (select from wanted w where w.unit_id = c.unit_id and w.role = c.role and c.leg = t.leg) as goes_on
    from unnest(p_register) c
  ), spans as (
    select district_id, ticket_id, leg, unit_id, role, from_at,
           case when not goes_on then coalesce(to_at, p_at) end as to_at,
           case when not goes_on then coalesce(ended_by, p_action) end as ended_by, basis
    from known
    union all
    select t.district_id, t.id, t.leg, w.unit_id, w.role, p_at, null, null, p_basis
    from wanted w
    where not exists (select from known k where k.leg = t.leg and k.unit_id = w.unit_id and k.role = w.role)
  )
  select coalesce(array_agg(row(s.*)::core.custody order by s.leg, s.role, s.unit_id), '{}') from spans s
$$;

create or replace function core.keep_custody(t core.ticket, p_at timestamptz, p_action text, p_basis text)
returns void language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.custody as c
  select n.* from unnest(core.custody_after(
    array(select o from core.custody o where o.district_id = t.district_id and o.ticket_id = t.id),
    t, p_at, p_action, p_basis)) n
  on conflict (district_id, ticket_id, leg, unit_id, role) do update
    set to_at = excluded.to_at, ended_by = excluded.ended_by
    where row(c.to_at, c.ended_by) is distinct from row(excluded.to_at, excluded.ended_by)
$$;

-- The register as the events alone tell it.
create or replace function core.fold_custody(p_ticket bigint) returns setof core.custody
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket;
  register core.custody[] := '{}';
  e core.event;
begin
  for e in
    select * from core.event
    where ticket_id = p_ticket and district_id = (select district_id from core.ticket where id = p_ticket)
    order by seq
  loop
    continue when not e.facts ?| array['handler_unit_id', 'leg', 'assist_unit_ids', 'is_open'];
    t := core.apply_facts(t, e.facts);
    register := core.custody_after(register, t, e.at, e.action, e.payload->>'basis');
  end loop;
  return query select * from unnest(register);
end $$;

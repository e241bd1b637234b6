-- The proof that the rows are what the history says, and that the history is what was written.

create or replace function core.verify_fold() returns table (what text, "where" text)
language plpgsql stable set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
declare
  t core.ticket;
  stored jsonb;
  folded jsonb;
begin
  for t in select * from core.ticket order by district_id, id loop
    stored := to_jsonb(t);
    folded := to_jsonb(core.fold(t.id));
    if stored is distinct from folded then
      return query select key, t.number from jsonb_each(stored) where value is distinct from folded->key;
    end if;
    if array(select c from core.custody c where c.district_id = t.district_id and c.ticket_id = t.id order by c)
       <> array(select f from core.fold_custody(t.id) f order by f) then
      return query select 'custody', t.number;
    end if;
  end loop;
end $$;

-- A changed event breaks its hash, a removed one the numbering, a removed last one the version of the ticket.
create or replace function core.verify_audit() returns table (what text, "where" text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with chain as (
    select e.*, row_number() over w as expected, lag(e.hash) over w as hash_before, core.event_hash(e) as computed
    from core.event e window w as (partition by e.district_id, e.ticket_id order by e.seq)
  )
  select problem, t.number || '#' || c.seq
  from chain c join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id,
       lateral (values (case when c.hash <> c.computed then 'event changed' end),
                       (case when c.seq <> c.expected then 'event missing' end),
                       (case when c.prev_hash is distinct from c.hash_before then 'chain broken' end)) p(problem)
  where problem is not null
  union all
  select 'last event missing', t.number from core.ticket t
  where t.version <> (select coalesce(max(e.seq), 0) from core.event e
                      where e.district_id = t.district_id and e.ticket_id = t.id)
$$;

create or replace function api.verify_fold() returns table (what text, "where" text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select * from core.verify_fold();
end $$;

create or replace function api.verify_audit() returns table (what text, "where" text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select * from core.verify_audit();
end $$;

revoke all on function api.verify_fold(), api.verify_audit() from public;
grant execute on function api.verify_fold(), api.verify_audit() to ld_admin;

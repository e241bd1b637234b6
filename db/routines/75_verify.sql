-- The proof that the rows are what the history says; that the history is what was written: 77_anchor.sql.

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

create or replace function api.verify_fold() returns table (what text, "where" text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select * from core.verify_fold();
end $$;

revoke all on function api.verify_fold() from public;
grant execute on function api.verify_fold() to ld_admin;

-- A write that moves no ticket stays on its page and touches no index: none may hold updated_at, which every write
-- changes, and pages keep room for one more version of a row. What ended without a closing time was born ended.

drop index core.ticket_unarchived_idx;
create index ticket_unarchived_idx on core.ticket (coalesce(closed_at, created_at))
  where state in ('DONE', 'REFUSED', 'FORWARDED');

do $$
declare
  v_part regclass;
begin
  for v_part in select i.inhrelid::regclass from pg_inherits i where i.inhparent = 'core.ticket'::regclass loop
    execute format('alter table %s set (fillfactor = 80)', v_part);
  end loop;
end $$;

-- A month counted or vacuumed anew makes every desk plan its acts anew, all desks at once. PostgreSQL would do so after
-- fifty changes of a young month; core.make_part says the same of the months to come.
do $$
declare
  v_part regclass;
begin
  for v_part in
    select i.inhrelid from pg_inherits i where i.inhparent in ('core.ticket'::regclass, 'core.event'::regclass)
  loop
    execute format('alter table %s set (autovacuum_analyze_threshold = 10000, autovacuum_vacuum_threshold = 10000,
                    autovacuum_vacuum_insert_threshold = 10000)', v_part);
  end loop;
end $$;

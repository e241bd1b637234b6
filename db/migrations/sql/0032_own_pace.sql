-- A desk that was told something rests by itself (core.rest_of): the waker keeps no turns and no times. Filled by its
-- first tick.
truncate core.wake;
alter table core.wake drop column turn, drop column is_due, drop column begun_at, add primary key (scope);
drop function if exists core.wake_key(text, integer, bigint);
drop function if exists core.turn_of(text, name);
drop function if exists core.turns_of(text);
drop function if exists core.shortest_epoch(text);

-- Whenever the server counts or vacuums a table, every session plans anew what reads it: five hundred desks their
-- question for changes, all at once, and everything else stands still meanwhile. What is in these tables is found by
-- its key, whatever the figures say.
alter table core.wake set (autovacuum_analyze_threshold = 2000000000, autovacuum_vacuum_threshold = 10000);
alter table core.request set (autovacuum_analyze_threshold = 10000, autovacuum_vacuum_insert_threshold = 10000);
do $$
declare
  v_part regclass;
begin
  for v_part in select i.inhrelid from pg_inherits i where i.inhparent = 'core.change'::regclass loop
    execute format('alter table %s set (autovacuum_enabled = off)', v_part);
  end loop;
end $$;

-- What PostgreSQL gives to everybody and nobody here needs. Run by whoever migrates, after the routines; it takes
-- the superuser, and `liangdeng doctor` looks at the outcome, so that it is not forgotten on a server where the
-- migrating login is none.
--
-- What cannot be taken away, and why it does no harm:
--   NOTIFY, LISTEN       no console listens: what wakes one is a lock that nobody but the waker can let go of
--   SET statement_timeout, idle_in_transaction_session_timeout, lock_timeout
--                        api.sweep_sessions() ends what holds a transaction for 15 minutes; each login has a
--                        connection limit, which it cannot set
--   set_config, SET      no right hangs on a setting: persons are known by session_user alone. Read are debug_print_plan,
--                        to refuse, and the reason of a changed rule, which the functions that change one set themselves
--   EXPLAIN              is refused by whatever shows tickets (core.unwatched); who is complained about stands behind no
--                        statistics and no index

-- Temporary tables shadow names and fill the disk; other databases of the cluster are no business of ours.
do $$
declare
  v_database name;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach v_database in array array['postgres', 'template1']::name[] loop
    if exists (select from pg_database d where d.datname = v_database
               and has_database_privilege('public', d.oid, 'connect, temporary')) then
      execute format('revoke all on database %I from public', v_database);
    end if;
  end loop;
end $$;

-- Nothing lives in public but extensions; a function planted there could be called by name.
revoke all on schema public from public;

-- No DO blocks: a loop of notices or locks would need no client at all. Existing functions run on.
revoke usage on language plpgsql from public;
grant usage on language plpgsql to ld_owner;

-- Functions, by family, for the public. The superuser keeps all; ld_owner what our own functions call.
do $$
declare
  v_function record;
begin
  for v_function in
    select p.oid::regprocedure as name, f.for_owner
    from pg_proc p
    join (values
      -- large objects: storage no quota counts, and a hidden letterbox between logins
      ('^(lo_|loread$|lowrite$)', false),
      -- locks known by number: whoever takes the worker's keeps it from its office, and the lock table is finite
      ('^pg_(try_)?advisory_', true),
      -- notices with words: a letterbox; NOTIFY itself stays, see above
      ('^pg_notify$', false),
      -- a sleeping session costs its owner nothing and the server a place
      ('^pg_sleep', false),
      -- words written straight into the log of changes
      ('^pg_logical_emit_message$', false),
      -- files of the server
      ('^pg_(read_(binary_)?file|ls_|stat_file|file_|current_logfile)', false),
      -- who is at work, from where, and with which statement; how much every unit writes
      ('^pg_stat_get_(activity|backend_|db_|live_|dead_|tuples_|numscans|blocks_|ins_|mod_|xact_|wal|progress_)', true),
      ('^pg_lock_status$', true),
      -- what a single statement made the whole server read, which tells of rows that it left out
      ('^pg_stat_get_(io$|slru$|buf_|lastscan|function_)', true),
      -- statements and cursors run inside another one, under its words: core.unwatched() would not see an EXPLAIN
      ('^((table|query|cursor|schema|database)_to_xml|ts_stat$|ts_rewrite$)', false),
      ('^pg_(relation|table|total_relation|indexes|database|tablespace)_size$', false)
    ) f(pattern, for_owner) on p.proname ~ f.pattern
    where p.pronamespace = 'pg_catalog'::regnamespace
  loop
    execute format('revoke execute on function %s from public', v_function.name);
    if v_function.for_owner then
      execute format('grant execute on function %s to ld_owner, pg_monitor', v_function.name);
    end if;
  end loop;
end $$;

do $$
declare
  v_view regclass;
begin
  for v_view in select c.oid::regclass from pg_class c
                where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'v'
                  and c.relname ~ '^(pg_stat_|pg_statio_|pg_locks$)' loop
    execute format('revoke all on %s from public', v_view);
    execute format('grant select on %s to ld_owner, pg_monitor', v_view);
  end loop;
end $$;

-- How many rows and pages a table has tells of rows kept from one: all of pg_class but that.
do $$
declare
  v_columns constant text := (
    select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
    where a.attrelid = 'pg_class'::regclass and a.attnum > 0 and a.attname !~ '^(reltuples|relpages|relall)');
begin
  execute 'revoke select on pg_class from public';
  execute format('grant select (%s) on pg_class to public', v_columns);
  grant select on pg_class to ld_owner, pg_monitor;
end $$;

-- api.sweep_sessions() looks at the sessions of others and ends them.
grant pg_read_all_stats, pg_signal_backend to ld_owner;

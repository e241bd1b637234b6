-- A watchdog for what a person can set for themselves: whoever holds a transaction open for a quarter of an hour
-- holds up the change feed, the clearing of old rows and the notices of everybody, and is thrown out; likewise whoever
-- leaves one lying for two minutes, for it may hold tickets that others wait for.
create or replace function api.sweep_sessions() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return (select count(*) from (
    select pg_terminate_backend(a.pid) as is_ended
    from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
    where a.datname = current_database() and a.pid <> pg_backend_pid() and not r.rolsuper
      and (a.xact_start < clock_timestamp() - interval '15 minutes'
        or a.state ~ '^idle in transaction' and a.state_change < clock_timestamp() - interval '2 minutes')
      and (pg_has_role(a.usesysid, 'ld_console', 'member') or pg_has_role(a.usesysid, 'ld_intake', 'member')
        or pg_has_role(a.usesysid, 'ld_wall', 'member'))) ended
    where ended.is_ended);
end $$;
revoke all on function api.sweep_sessions(), api.sweep_anchor(int) from public;
grant execute on function api.sweep_sessions(), api.sweep_anchor(int) to ld_console;

-- The end of kept pictures, and the proof that nothing else happened to them.

-- R701, D8: whatever no ticket has after 30 days, and what served its purpose, loses its content; digests and row stay,
-- and each is told in the register. A call takes at most p_limit of them.
create or replace function api.sweep_footage(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.footage;
  purged bigint := 0;
begin
  perform core.require_worker();
  delete from core.footage_wanted w where w.at < clock_timestamp() - interval '2 days';  -- nothing comes any more
  for f in
    select x.* from core.district d
    join core.footage x on x.district_id = d.id and x.purged_at is null and (x.ticket_id is null or x.served_at is not null)
    where x.kept_at <= clock_timestamp() - core.footage_days(d.id)
    order by x.kept_at limit p_limit for update of x skip locked
  loop
    perform core.audit('footage_deleted', (core.footage_facts(f))->>'camera', core.footage_facts(f) - 'reason'
      || jsonb_build_object('kept_by', f.kept_by, 'kept_at', f.kept_at, 'rule', case when f.served_at is null then 'D8' else 'R701' end),
      coalesce(f.served_reason, ''), f.ticket_id, f.district_id);
    update core.attachment a set content = null where a.id in (f.original_id, f.burned_id);
    update core.footage x set thumb = null, purged_at = clock_timestamp() where x.district_id = f.district_id and x.id = f.id;
    purged := purged + 1;
  end loop;
  return purged;
end $$;

-- Each picture against the register, which the anchors seal: the same digests, the content they are of, and none
-- that went without a word.
create or replace function core.broken_footage() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with told as (
    select e.kind, e.at, e.detail->>'footage' as footage, e.detail->>'sha256' as sha256, e.detail->>'burned_sha256' as burned_sha256
    from audit.entry e where e.kind in ('footage_kept', 'footage_deleted')
  ), deleted as (
    select distinct t.footage from told t where t.kind = 'footage_deleted'
  ), kept as (
    select t.at, t.footage, d.footage is not null as is_told, f.id, f.purged_at, t.sha256 as told, t.burned_sha256 as told_burned,
      encode(o.sha256, 'hex') as noted, encode(b.sha256, 'hex') as noted_burned,
      encode(sha256(o.content), 'hex') as real, encode(sha256(b.content), 'hex') as real_burned,
      o.content is null as is_gone
    from told t
    left join deleted d on d.footage = t.footage
    left join core.footage f on f.id::text = t.footage
    left join core.attachment o on o.id = f.original_id
    left join core.attachment b on b.id = f.burned_id
    where t.kind = 'footage_kept'
  )
  select problem, 'footage ' || k.footage, k.at, null::int
  from kept k, lateral (values
    (case when k.id is null then 'footage missing' end),
    (case when k.id is not null and (k.noted, k.noted_burned) is distinct from (k.told, k.told_burned) then 'footage exchanged' end),
    (case when k.real <> k.noted or k.real_burned <> k.noted_burned then 'footage changed' end),
    (case when k.is_gone and not k.is_told then 'footage deleted without a word' end)) p(problem)
  where problem is not null
  union all
  select 'footage nobody kept', 'footage ' || f.id, f.kept_at, null::int from core.footage f
  where not exists (select from told t where t.kind = 'footage_kept' and t.footage = f.id::text)
$$;

revoke all on function api.sweep_footage(int) from public;
grant execute on function api.sweep_footage(int) to ld_console;

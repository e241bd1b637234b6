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

-- Files against the digests in the history of their tickets.
create or replace function core.broken_files() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select problem, 'file ' || (e.payload->>'id'), e.recorded_at, null::int
  from core.event e left join core.attachment a on a.id = (e.payload->>'id')::bigint, lateral (values
    (case when a.id is null then 'file missing' end),
    (case when encode(a.sha256, 'hex') <> e.payload->>'sha256' then 'file exchanged' end),
    (case when sha256(a.content) <> a.sha256 then 'file changed' end)) p(problem)
  where e.action = 'attach' and e.payload ? 'sha256' and problem is not null
$$;

-- Identities against their seals in the first events of their tickets; '' says that none was given. Rows from before
-- there were seals are not compared.
create or replace function core.broken_callers() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when c.ticket_id is null then 'identity missing' when e.payload->>'caller_seal' = '' then 'identity added'
              else 'identity changed' end,
         'caller of ticket ' || e.ticket_id, e.recorded_at, null::int
  from core.event e
  left join core.caller c on c.district_id = e.district_id and c.ticket_id = e.ticket_id
  where e.seq = 1 and e.payload ? 'caller_seal'
    and e.payload->>'caller_seal' <> case when c.ticket_id is null then '' else core.caller_seal(c) end
$$;

-- The day's list of reveals against the register: the same persons, tickets and reasons, as often.
create or replace function core.broken_reveals() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when coalesce(told.times, 0) > coalesce(kept.times, 0) then 'reveal missing' else 'reveal without an entry' end,
         'reveal by ' || login || ' of ticket ' || ticket_id, coalesce(told.at, kept.at), null::int
  from (select e.login, e.ticket_id, e.reason, count(*) as times, min(e.at) as at
        from audit.entry e where e.kind = 'reveal' group by 1, 2, 3) told
  full join (select r.login, r.ticket_id, r.reason, count(*) as times, min(r.at) as at
             from audit.reveal r group by 1, 2, 3) kept using (login, ticket_id, reason)
  where told.times is distinct from kept.times
$$;

-- The list of changed settings and policies, which clocks of the past are computed from, against the register.
create or replace function core.broken_changes() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when coalesce(told.times, 0) > coalesce(kept.times, 0) then 'change missing' else 'change without an entry' end,
         changed || ' by ' || login, coalesce(told.at, kept.at), null::int
  from (select e.district_id, e.login, e.kind || ' ' || e.subject as changed, e.reason, e.detail, count(*) as times,
               min(e.at) as at
        from audit.entry e where e.kind in ('setting', 'policy') group by 1, 2, 3, 4, 5) told
  full join (select c.district_id, c.by_login as login, c.what as changed, coalesce(c.reason, '') as reason,
                    jsonb_build_object('old', c.old_value, 'new', c.new_value) as detail, count(*) as times,
                    min(c.at) as at
             from audit.setting_change c group by 1, 2, 3, 4, 5) kept using (district_id, login, changed, reason, detail)
  where told.times is distinct from kept.times
$$;

-- The list of who looked through which camera against the register. A camera keeps its code for good.
create or replace function core.broken_views() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with told as (
    select e.district_id, (e.detail ->> 'view')::bigint as id, e.login, e.subject as camera, e.ticket_id, e.reason,
           (e.detail ->> 'unit')::int as unit_id, e.detail ->> 'kind' as kind, e.detail ->> 'stream' as stream, e.at
    from audit.entry e where e.kind = 'camera_view'
  ), kept as (
    select v.district_id, v.id, v.login, c.code as camera, v.ticket_id, v.reason, v.unit_id, v.kind, v.stream, v.at
    from audit.camera_view v join core.camera c on c.district_id = v.district_id and c.id = v.camera_id
  )
  select case when kept.id is null then 'view missing' when told.id is null then 'view without an entry'
              else 'view changed' end,
         'view ' || id, coalesce(told.at, kept.at), null::int
  from told full join kept using (district_id, id)
  where (told.login, told.camera, told.ticket_id, told.reason, told.unit_id, told.kind, told.stream)
        is distinct from (kept.login, kept.camera, kept.ticket_id, kept.reason, kept.unit_id, kept.kind, kept.stream)
     or told.at not between kept.at and kept.at + interval '1 minute'  -- both are the clock's, one after the other
$$;

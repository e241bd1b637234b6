-- Anchors: seals over the heads of all chains. Without them whoever owns the database could rewrite a chain with
-- fresh hashes, cut its end or drop a whole ticket; with them that shows, and with a copy elsewhere it shows
-- even when the anchors are rewritten too.

create or replace function core.links_digest(p_anchor int) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(coalesce(string_agg(concat_ws(' ', l.chain, l.id, l.seq, encode(l.hash, 'hex')), E'\n'
    order by l.chain, l.id, l.seq), ''), 'UTF8'))
  from audit.link l where l.anchor_id = p_anchor
$$;

create or replace function core.anchor_hash(a audit.anchor) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(coalesce(a.prev_hash, ''::bytea) || convert_to(jsonb_build_array(
    a.id, extract(epoch from a.at), a.login, a.links, encode(a.digest, 'hex'))::text, 'UTF8'))
$$;

-- Seal at most p_limit heads and p_limit entries that no anchor covers; how many. Zero: everything is sealed.
-- An hour is more than any transaction may last (api.sweep_sessions): what commits later was recorded after `reach`.
create or replace function core.seal(p_limit int) returns bigint
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  begun timestamptz := clock_timestamp();
  last audit.anchor;
  new audit.anchor;
  since timestamptz;
begin
  lock table audit.anchor in share row exclusive mode;
  select * into last from audit.anchor order by id desc limit 1;
  since := coalesce(last.reach, '-infinity');
  new.id := coalesce(last.id, 0) + 1;
  insert into audit.link (anchor_id, chain, id, seq, hash)
  (select new.id, 'ticket', t.id, t.version, e.hash
   from (select distinct x.district_id, x.ticket_id from core.event x where x.recorded_at >= since) c
   join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id
   join core.event e on e.district_id = t.district_id and e.ticket_id = t.id and e.seq = t.version
   where not exists (select from audit.link l where l.chain = 'ticket' and l.id = t.id and l.seq = t.version)
   limit p_limit)
  union all
  (select new.id, 'entry', r.id, 0, r.hash
   from audit.entry r
   where r.at >= since
     and not exists (select from audit.link l where l.chain = 'entry' and l.id = r.id and l.seq = 0)
   limit p_limit);
  get diagnostics new.links = row_count;
  if new.links > 0 then
    new.at := clock_timestamp();
    new.login := session_user;
    new.prev_hash := last.hash;
    new.digest := core.links_digest(new.id);
    new.hash := core.anchor_hash(new);
    new.reach := case when new.links < p_limit then begun - interval '1 hour' else last.reach end;
    insert into audit.anchor values (new.*);
  end if;
  return new.links;
end $$;

-- The worker's seal: ten minutes is how long a rewrite could go unseen.
create or replace function api.sweep_anchor(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  if exists (select from audit.anchor a where a.at > clock_timestamp() - interval '10 minutes'
             and a.links < p_limit) then
    return 0;
  end if;
  return core.seal(p_limit);
end $$;

-- Within each chain: a changed event breaks its hash, a removed one the numbering, a removed last one the version.
create or replace function core.broken_chains() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with chain as (
    select e.*, row_number() over w as expected, lag(e.hash) over w as hash_before, core.event_hash(e) as computed
    from core.event e window w as (partition by e.district_id, e.ticket_id order by e.seq)
  )
  select problem, coalesce(t.number, 'ticket ' || c.ticket_id) || '#' || c.seq, c.recorded_at, null::int
  from chain c left join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id,
       lateral (values (case when c.hash <> c.computed then 'event changed' end),
                       (case when c.seq <> c.expected then 'event missing' end),
                       (case when c.prev_hash is distinct from c.hash_before then 'chain broken' end),
                       (case when t.id is null and c.expected = 1 then 'ticket missing' end)) p(problem)
  where problem is not null
  union all
  select 'last event missing', t.number || '#' || t.version, t.updated_at, null from core.ticket t
  where t.version <> (select coalesce(max(e.seq), 0) from core.event e
                      where e.district_id = t.district_id and e.ticket_id = t.id)
  union all
  select 'entry changed', 'entry ' || r.id, r.at, null from audit.entry r where r.hash <> core.entry_hash(r)
$$;

-- What an anchor sealed and is no longer so: of each chain the first. The break lies after the link before.
create or replace function core.broken_links() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with head as (
    select l.anchor_id, l.id, l.seq, l.hash, lag(l.seq, 1, 0) over (partition by l.id order by l.seq) + 1 as since
    from audit.link l where l.chain = 'ticket'
  ), broken as (
    select distinct on (h.id) h.anchor_id, h.id, h.since, h.seq, e.hash is null as is_gone, t.number
    from head h
    left join core.ticket t on t.id = h.id
    left join core.event e on e.district_id = t.district_id and e.ticket_id = h.id and e.seq = h.seq
    where e.hash is distinct from h.hash
    order by h.id, h.seq
  )
  select case when b.number is null then 'ticket missing' when b.is_gone then 'history cut'
              else 'history rewritten' end,
         coalesce(b.number, 'ticket ' || b.id) || '#' || case when b.since = b.seq then b.seq::text
                                                               else b.since || '-' || b.seq end,
         a.at, b.anchor_id
  from broken b left join audit.anchor a on a.id = b.anchor_id
  union all
  select case when r.id is null then 'entry missing' else 'entry rewritten' end, 'entry ' || l.id, a.at, l.anchor_id
  from audit.link l
  left join audit.entry r on r.id = l.id
  left join audit.anchor a on a.id = l.anchor_id
  where l.chain = 'entry' and r.hash is distinct from l.hash
$$;

create or replace function core.broken_anchors() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select problem, 'anchor ' || c.id, c.at, c.id
  from (select a.*, a as whole, row_number() over w as expected, lag(a.hash) over w as hash_before
        from audit.anchor a window w as (order by a.id)) c,
       lateral (values (case when c.hash <> core.anchor_hash(c.whole) then 'anchor changed' end),
                       (case when c.digest <> core.links_digest(c.id) then 'sealed links changed' end),
                       (case when c.id <> c.expected then 'anchor missing' end),
                       (case when c.prev_hash is distinct from c.hash_before then 'anchor chain broken' end)) p(problem)
  where problem is not null
  union all
  select distinct 'anchor missing', 'anchor ' || l.anchor_id, null::timestamptz, l.anchor_id
  from audit.link l where not exists (select from audit.anchor a where a.id = l.anchor_id)
$$;

drop function if exists core.verify_audit(), api.verify_audit();
-- All that is broken, the earliest first.
create function core.verify_audit() returns table (what text, "where" text, at timestamptz, anchor int)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select * from (
    select * from core.broken_chains() union all
    select * from core.broken_links() union all
    select * from core.broken_footage() union all
    select * from core.broken_files() union all
    select * from core.broken_callers() union all
    select * from core.broken_reveals() union all
    select * from core.broken_changes() union all
    select * from core.broken_views() union all
    select * from core.broken_anchors()) b
  order by b.at nulls last, b."where"
$$;

create function api.verify_audit() returns table (what text, "where" text, at timestamptz, anchor int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select * from core.verify_audit();
end $$;

revoke all on function api.verify_audit() from public;
grant execute on function api.verify_audit() to ld_admin;

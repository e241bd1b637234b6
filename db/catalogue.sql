-- One digest of all that routines and grants say, so that `liangdeng doctor` sees when a server says otherwise.
with ours as (
  select oid from pg_namespace where nspname in ('core', 'audit', 'api')
), tables as (
  select c.* from pg_class c where c.relnamespace in (select oid from ours) and not c.relispartition
), things(what) as (
  select concat_ws(' ', p.oid::regprocedure, p.prorettype::regtype, p.prosrc, p.prosecdef, p.proleakproof, p.provolatile,
                   p.proconfig, p.proowner::regrole, p.proacl)
  from pg_proc p where p.pronamespace in (select oid from ours)
  union all
  select concat_ws(' ', c.oid::regclass, c.relkind, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity,
                   case when c.relkind = 'v' then c.reloptions end, c.relacl,
                   case when c.relkind = 'v' then pg_get_viewdef(c.oid) end)
  from tables c where c.relkind in ('r', 'p', 'v', 'S')
  union all
  select concat_ws(' ', a.attrelid::regclass, a.attname, a.attacl)
  from pg_attribute a join tables c on c.oid = a.attrelid where a.attacl is not null
  union all
  select concat_ws(' ', t.tgrelid::regclass, t.tgname, t.tgenabled, t.tgtype, t.tgfoid::regprocedure)
  from pg_trigger t join tables c on c.oid = t.tgrelid where not t.tgisinternal
  union all
  select concat_ws(' ', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
                   pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join tables c on c.oid = p.polrelid
  union all
  select concat_ws(' ', n.nspname, n.nspacl) from pg_namespace n join ours on ours.oid = n.oid
  union all
  select concat_ws(' ', d.defaclrole::regrole, d.defaclnamespace::regnamespace, d.defaclobjtype, d.defaclacl)
  from pg_default_acl d where d.defaclnamespace in (select oid from ours)
)
select encode(sha256(convert_to(string_agg(what, E'\n' order by what collate "C"), 'UTF8')), 'hex') from things

-- The register: logins, reveals, exports, changed rights and rules, each with person, time, reason and address.

create or replace function core.entry_hash(e audit.entry) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(jsonb_build_array(
    e.id, extract(epoch from e.at), e.login, e.district_id, e.kind, e.subject, e.ticket_id, e.reason, e.detail,
    e.address)::text, 'UTF8'))
$$;

create or replace function core.tg_entry__hash() returns trigger
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  new.hash := core.entry_hash(new);
  return new;
end $$;

-- The one way into the register. p_district null: the person's own, or the whole server when its owner acts.
create or replace function core.audit(
  p_kind text, p_subject text, p_detail jsonb default '{}', p_reason text default '', p_ticket bigint default null,
  p_district smallint default null)
returns bigint language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into audit.entry (district_id, kind, subject, detail, reason, ticket_id)
  values (coalesce(p_district, core.my_district()), p_kind, p_subject, p_detail, p_reason, p_ticket)
  returning id
$$;

create or replace function core.tg_reveal__register() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.audit('reveal', '', p_reason => new.reason, p_ticket => new.ticket_id, p_district => new.district_id);
  return null;
end $$;

-- what = 'setting <key>' or 'policy <id>'.
create or replace function core.tg_setting_change__register() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.audit(split_part(new.what, ' ', 1), split_part(new.what, ' ', 2),
                     jsonb_build_object('old', new.old_value, 'new', new.new_value),
                     coalesce(new.reason, ''), p_district => new.district_id);
  return null;
end $$;

-- What a person may do here, for the register.
create or replace function core.rights_of(s core.staff) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('name', s.name, 'unit', s.unit_id, 'duties', to_jsonb(s.duties), 'on_duty', s.on_duty,
    'from', lower(s.valid), 'until', upper(s.valid))
$$;

-- Rights come and go with the person's row, whoever writes it; the demo's people are born with theirs.
create or replace function core.tg_staff__register() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before jsonb := case when tg_op = 'UPDATE' then core.rights_of(old) else '{}' end;
  changed jsonb;
begin
  if tg_op = 'INSERT' and new.is_demo then
    return null;
  elsif tg_op = 'DELETE' then
    perform core.audit('right', old.login, jsonb_build_object('old', core.rights_of(old),
      'new', (select jsonb_object_agg(k, null) from jsonb_object_keys(core.rights_of(old)) k)),
                       p_district => old.district_id);
    return null;
  end if;
  select jsonb_build_object('old', jsonb_object_agg(n.key, before -> n.key), 'new', jsonb_object_agg(n.key, n.value))
    into changed
    from jsonb_each(core.rights_of(new)) n where n.value is distinct from before -> n.key
    having count(*) > 0;
  if changed is not null then
    perform core.audit('right', new.login, changed, p_district => new.district_id);
  end if;
  if tg_op = 'UPDATE' and new.must_change <> old.must_change then
    perform core.audit('password', new.login, p_district => new.district_id);
  end if;
  return null;
end $$;

create or replace trigger _600_register after insert or update or delete on core.staff
  for each row execute function core.tg_staff__register();
create or replace trigger _500_hash before insert on audit.entry
  for each row execute function core.tg_entry__hash();
create or replace trigger _500_register after insert on audit.reveal
  for each row execute function core.tg_reveal__register();
create or replace trigger _500_register after insert on audit.setting_change
  for each row execute function core.tg_setting_change__register();

do $$
declare
  v_table text;
begin
  foreach v_table in array '{entry,anchor,link,reveal,setting_change,due_change}'::text[] loop
    execute format('create or replace trigger _400_immutable before update or delete or truncate on audit.%I
                    for each statement execute function core.tg_event__immutable()', v_table);
  end loop;
end $$;

-- What a person says beside the fields of a payload: as short as asked for, and without what hides or turns words.
create or replace function core.short_text(p_field text, p_text text, p_most int) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  problem text := core.text_problem(p_text, false, p_most);
begin
  if problem is not null then
    perform core.bad_payload(p_field, problem);
  end if;
  return coalesce(btrim(p_text), '');
end $$;

-- Called by a console when its session starts.
create or replace function api.begin_session(p_version text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.actor(), core.check_register('login');
  return core.audit('login', core.short_text('version', p_version, 60));
end $$;

-- How many rows the database handed out for exports that go by pages: sequences, because what they have counted stays
-- counted when a transaction is rolled back. One for each login, made with its first export, so that nobody else counts
-- there; two exports of one person that go on at once each count the other's rows too.
drop function if exists core.handed_out(integer);
drop sequence if exists audit.handed_out_turn;
create or replace function core.handed_out(p_counter text) returns regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format('audit.%I', 'handed_out_' || p_counter)::regclass
$$;

create or replace function core.begin_count() returns jsonb
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_counter constant text := md5(session_user);
begin
  perform core.alone(session_user);
  if to_regclass('audit.handed_out_' || v_counter) is null then
    execute format('create sequence audit.%I', 'handed_out_' || v_counter);
  end if;
  return jsonb_build_array(v_counter, nextval(core.handed_out(v_counter)));
end $$;

-- Called before the first row of an export is read, and committed, so that no export goes without a trace. The
-- sheet of one ticket names it; whether the caller was in plain sight then, the register knows by itself.
drop function if exists api.begin_export(text, jsonb, text);
create or replace function api.begin_export(
  p_what text, p_filter jsonb, p_reason text default '', p_ticket bigint default null) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_detail jsonb := jsonb_build_object('filter', coalesce(p_filter, '{}'));
begin
  perform core.actor(), core.check_register('export'), core.short_text('filter', p_filter::text, 4000);
  if p_what in ('tickets', 'register', 'camera_views') then
    v_detail := v_detail || jsonb_build_object('counter', core.begin_count());
  end if;
  if p_ticket is not null then
    perform core.seen_ticket(p_ticket);
    v_detail := v_detail || jsonb_build_object('revealed', exists (
      select from audit.reveal r where r.login = session_user and r.ticket_id = p_ticket and r.expires_at > clock_timestamp()));
  end if;
  return core.audit('export', core.short_text('what', p_what, 60), v_detail,
                    core.short_text('reason', p_reason, 500), p_ticket);
end $$;

-- What every page and row of an export carries: who took it out, when, and where the register has it.
create or replace function api.export_stamp(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_stamp jsonb;
begin
  perform core.actor();
  select jsonb_build_object('entry', e.id, 'login', e.login, 'name', coalesce(s.name, e.login),
                            'unit', coalesce(u.name, ''), 'at', e.at)
    into v_stamp
    from audit.entry e left join core.staff s on s.login = e.login left join core.unit u on u.id = s.unit_id
    where e.id = p_id and e.kind = 'export' and e.login = session_user;
  if v_stamp is null then
    perform core.bad_payload('id', 'no export of yours');
  end if;
  return v_stamp;
end $$;

-- An export of mine that goes on.
create or replace function core.open_export(p_id bigint) returns audit.entry
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  begun audit.entry;
begin
  select * into begun from audit.entry e where e.id = p_id and e.kind = 'export' and e.login = session_user;
  if not found or exists (select from audit.entry e
                          where e.id > p_id and e.kind = 'export_end' and e.login = session_user
                            and e.detail->'begun' = to_jsonb(p_id)) then
    perform core.bad_payload('id', 'no export of yours that goes on');
  end if;
  return begun;
end $$;

-- What an export that goes by pages asks for, as the register has it. The row must have been there before this
-- transaction began, so it is committed and cannot be rolled back after the look.
drop function if exists api.export_filter(bigint);
create or replace function api.export_filter(p_id bigint, p_what text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  begun audit.entry := core.open_export(p_id);
begin
  if not begun.detail ? 'counter' or begun.subject <> p_what or begun.at >= now() then
    perform core.bad_payload('id', 'no export of these that began before');
  end if;
  return begun.detail->'filter';
end $$;

-- Count rows as handed out; the functions that hand out a page do, before they answer. Whoever calls it beside that only adds.
create or replace function api.count_exported(p_id bigint, p_rows integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  begun constant audit.entry := core.open_export(p_id);
  v_counter constant regclass := core.handed_out(begun.detail->'counter'->>0);
begin
  if v_counter is null or p_rows > 10000 then
    perform core.bad_payload('rows', 'not to be counted');
  end if;
  perform nextval(v_counter) from generate_series(1, p_rows);
end $$;

-- p_rows is what the desk says it has written; the register says beside it what the database handed out by pages.
create or replace function api.end_export(p_id bigint, p_rows bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  begun constant audit.entry := core.open_export(p_id);
  v_detail jsonb := jsonb_build_object('begun', p_id, 'rows', p_rows);
begin
  if begun.detail ? 'counter' then
    v_detail := v_detail || jsonb_build_object('handed_out',
      nextval(core.handed_out(begun.detail->'counter'->>0)) - (begun.detail->'counter'->>1)::bigint - 1);
  end if;
  perform core.audit('export_end', begun.subject, v_detail, p_ticket => begun.ticket_id);
end $$;

drop view if exists api.audit_entries, api.anchors cascade;
create view api.audit_entries with (security_invoker = true) as
  select e.id, e.at, e.kind, e.login, e.subject, e.ticket_id, t.number, e.reason, e.detail, host(e.address) as address,
         e.district_id, t.title, t.caller_label
  from (select id, at, kind, login, subject, ticket_id, reason, detail, address, district_id
        from audit.entry where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched())
        order by at desc, id desc) e  -- see 60_views.sql
  left join core.ticket t on t.district_id = e.district_id and t.id = e.ticket_id;
create view api.anchors with (security_invoker = true) as
  select a.id, a.at, a.links, a.hash from audit.anchor a;

revoke all on function api.begin_session(text), api.begin_export(text, jsonb, text, bigint), api.export_stamp(bigint),
  api.export_filter(bigint, text), api.count_exported(bigint, integer), api.end_export(bigint, bigint) from public;
grant execute on function api.begin_session(text), api.begin_export(text, jsonb, text, bigint),
  api.export_stamp(bigint), api.export_filter(bigint, text), api.count_exported(bigint, integer),
  api.end_export(bigint, bigint) to ld_console;

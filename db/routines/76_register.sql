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

create or replace function core.short_text(p_field text, p_text text, p_most int) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if length(p_text) > p_most then
    perform core.bad_payload(p_field, format('at most %s characters', p_most));
  end if;
  return coalesce(btrim(p_text), '');
end $$;

-- Called by a console when its session starts.
create or replace function api.begin_session(p_version text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.actor();
  return core.audit('login', core.short_text('version', p_version, 60));
end $$;

-- Called before the first row of an export is read, and committed, so that no export goes without a trace.
create or replace function api.begin_export(p_what text, p_filter jsonb, p_reason text default '') returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.actor(), core.short_text('filter', p_filter::text, 4000);
  return core.audit('export', core.short_text('what', p_what, 60),
                    jsonb_build_object('filter', coalesce(p_filter, '{}')), core.short_text('reason', p_reason, 500));
end $$;

create or replace function api.end_export(p_id bigint, p_rows bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  begun audit.entry;
begin
  select * into begun from audit.entry e where e.id = p_id and e.kind = 'export' and e.login = session_user;
  if not found or exists (select from audit.entry e
                          where e.kind = 'export_end' and e.login = session_user and e.detail->'begun' = to_jsonb(p_id)) then
    perform core.bad_payload('id', 'no export of yours that goes on');
  end if;
  perform core.audit('export_end', begun.subject, jsonb_build_object('begun', p_id, 'rows', p_rows));
end $$;

drop view if exists api.audit_entries;
create view api.audit_entries with (security_invoker = true) as
  select e.id, e.at, e.kind, e.login, e.subject, e.ticket_id, t.number, e.reason, e.detail, host(e.address) as address
  from audit.entry e left join core.ticket t on t.district_id = e.district_id and t.id = e.ticket_id;

revoke all on function api.begin_session(text), api.begin_export(text, jsonb, text), api.end_export(bigint, bigint)
  from public;
grant execute on function api.begin_session(text), api.begin_export(text, jsonb, text), api.end_export(bigint, bigint)
  to ld_console;

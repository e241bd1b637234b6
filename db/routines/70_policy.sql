-- Decisions D1-D12 and clock policies changed by those who may: logged, and open tickets recomputed.

create or replace function core.require_policy_duty(p_reason text) returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.actor();
begin
  if not person.duties && array['supervisor', 'admin'] then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif not person.on_duty then
    perform core.refuse('off_duty');
  elsif core.short_text('reason', p_reason, 500) = '' then
    perform core.bad_payload('reason', 'missing');
  end if;
  return person;
end $$;

-- Whoever writes a setting or a policy leaves a row of the register; the reason is what a function below was given.
-- What a district has before anybody works there is no change.
create or replace function core.tg_rule__register() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
  either constant jsonb := coalesce(after, before);
  district constant smallint := either->'district_id';
begin
  if tg_op = 'TRUNCATE' then
    raise exception using errcode = '42501', constraint = 'rules_go_one_by_one', message = 'Delete rows, each leaves a trace.';
  elsif after is not distinct from before
     or tg_op = 'INSERT' and not exists (select from core.staff s where s.district_id = district) then
    return null;
  elsif tg_table_name = 'setting' and coalesce(before, after) - 'value' = either - 'value' then
    before := before->'value';
    after := after->'value';
  end if;
  insert into audit.setting_change (district_id, what, old_value, new_value, reason)
  values (district, case tg_table_name when 'setting' then 'setting ' || (either->>'key') else 'policy ' || (either->>'id') end,
          before, after, coalesce(current_setting('liangdeng.reason', true), ''));
  return null;
end $$;
create or replace trigger _500_register after insert or update or delete on core.setting
  for each row execute function core.tg_rule__register();
create or replace trigger _500_register after insert or update or delete on core.sla_policy
  for each row execute function core.tg_rule__register();
create or replace trigger _400_by_row before truncate on core.setting
  for each statement execute function core.tg_rule__register();
create or replace trigger _400_by_row before truncate on core.sla_policy
  for each statement execute function core.tg_rule__register();

-- What is wrong with a new value, or null: a setting keeps its type, and some have bounds.
create or replace function core.setting_problem(p_key text, p_old jsonb, p_new jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_old is null then 'no such setting'
    when p_new is null or jsonb_typeof(p_new) <> jsonb_typeof(p_old) then 'must be a ' || jsonb_typeof(p_old)
    when p_key = 'day_end' and p_new #>> '{}' !~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$' then 'must be HH:MM'
    when jsonb_typeof(p_new) = 'number' and (p_new #>> '{}' !~ '^\d{1,3}$') then 'must be a whole number below 1000'
  end
$$;

-- Returns {"moved": how many due moments moved}.
create or replace function api.set_setting(p_key text, p_value jsonb, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.require_policy_duty(p_reason);
  old jsonb;
  problem text;
begin
  select s.value into old from core.setting s
  where s.district_id = person.district_id and s.key = p_key for update;
  problem := core.setting_problem(p_key, old, p_value);
  if problem is not null then
    perform core.bad_payload(coalesce(p_key, 'key'), problem);
  end if;
  perform set_config('liangdeng.reason', p_reason, true);
  update core.setting s set value = p_value where s.district_id = person.district_id and s.key = p_key;
  return jsonb_build_object('moved', (select count(*) from core.recompute_open('setting ' || p_key, false)));
end $$;
revoke all on function api.set_setting from public;
grant execute on function api.set_setting to ld_supervisor, ld_admin;

-- Change a clock policy (p_id) or add one (null) from a JSON of its columns; returns the policy and "moved".
-- Open tickets it rules take the new limits; days granted by an extension stay granted.
create or replace function api.set_policy(p_id int, p_values jsonb, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.require_policy_duty(p_reason);
  old core.sla_policy;
  new core.sla_policy;
  ids bigint[];
  policies jsonb[];
  bases jsonb[];
begin
  select * into old from core.sla_policy p where p.id = p_id and p.district_id = person.district_id for update;
  if p_id is not null and old.id is null then
    perform core.bad_payload('id', 'no such policy');
  end if;
  new := core.checked_policy(old, p_values, person.district_id);
  ids := core.lock_open(person.district_id);
  select array_agg(t.id), array_agg(to_jsonb(core.policy_of(t, coalesce(t.answer_from, t.contact_from)))) into ids, policies
  from core.ticket t
  where t.id = any (ids) and (t.answer_from is not null or t.contact_from is not null);

  perform set_config('liangdeng.reason', p_reason, true);
  if old.id is null then
    insert into core.sla_policy overriding system value select new.*;
  else
    update core.sla_policy p set (
      id, district_id, category_id, kind, channel, contact_workdays, contact_hours, answer_workdays, answer_hours,
      complex_workdays, redo_workdays, basis, rank, valid) = (select new.*) where p.id = old.id;
  end if;

  select array_agg((s.t).id), array_agg(core.policy_basis(s.t, s.was, s.now)) into ids, bases
  from (select t, jsonb_populate_record(null::core.sla_policy, u.policy) as was, core.policy_of(t, coalesce(t.answer_from, t.contact_from)) as now
        from unnest(ids, policies) u(id, policy) join core.ticket t on t.id = u.id) s
  where (s.was).id = new.id or (s.now).id = new.id;
  return to_jsonb(new) || jsonb_build_object('moved', (select count(*) from core.recompute('policy ' || new.id, ids, bases)));
end $$;
revoke all on function api.set_policy from public;
grant execute on function api.set_policy to ld_supervisor, ld_admin;

-- The old policy with the given columns laid over it, refused when it makes no sense.
create or replace function core.checked_policy(p_old core.sla_policy, p_values jsonb, p_district smallint)
returns core.sla_policy
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  unknown text;
  new core.sla_policy := p_old;
begin
  select min(k) into unknown from jsonb_object_keys(p_values) k
  where k not in ('category_id', 'kind', 'channel', 'contact_workdays', 'contact_hours', 'answer_workdays',
                  'answer_hours', 'complex_workdays', 'redo_workdays', 'basis', 'rank', 'valid');
  if unknown is not null then
    perform core.bad_payload(unknown, 'not a column of a policy');
  end if;
  if p_old.id is null then
    new := jsonb_populate_record(null::core.sla_policy,
      '{"complex_workdays": 10, "redo_workdays": 3, "rank": 0, "valid": "[2017-01-01,)"}');
    new.id := nextval(pg_get_serial_sequence('core.sla_policy', 'id'));
    new.district_id := p_district;
  end if;
  new := jsonb_populate_record(new, p_values);
  if coalesce(length(trim(new.basis)), 0) = 0 then
    perform core.bad_payload('basis', 'missing');
  elsif core.text_problem(new.basis, false, 500) is not null then
    perform core.bad_payload('basis', core.text_problem(new.basis, false, 500));
  elsif (new.contact_workdays is null) = (new.contact_hours is null) then
    perform core.bad_payload('contact_workdays', 'give working days or hours, not both');
  elsif (new.answer_workdays is null) = (new.answer_hours is null) then
    perform core.bad_payload('answer_workdays', 'give working days or hours, not both');
  elsif least(new.contact_workdays, new.contact_hours, new.answer_workdays, new.answer_hours, new.complex_workdays,
              new.redo_workdays) < 1 then
    perform core.bad_payload('workdays', 'a limit is at least 1');
  elsif new.category_id is not null and not exists (
      select from core.category c where c.id = new.category_id and c.district_id = p_district) then
    perform core.bad_payload('category_id', 'no such category');
  end if;
  return new;
exception when data_exception then
  perform core.bad_payload('values', sqlerrm);
end $$;

-- New clock basis of a ticket whose policy was `was` and is `now`; '{}' when nothing running changes.
create or replace function core.policy_basis(t core.ticket, was core.sla_policy, now core.sla_policy) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  facts jsonb := '{}';
  redone boolean;
begin
  if t.contact_from is not null and t.contacted_at is null then
    facts := jsonb_build_object('contact_workdays', now.contact_workdays, 'contact_hours', now.contact_hours);
  end if;
  if t.answer_from is not null and t.answered_at is null and t.answer_fixed_at is null then
    redone := exists (select from core.event e where e.district_id = t.district_id and e.ticket_id = t.id
                      and e.action = 'approve_redo');
    if t.answer_workdays is not null and (redone or now.answer_workdays is not null) then
      facts := facts || jsonb_build_object('answer_workdays', t.answer_workdays + case
        when redone then now.redo_workdays - was.redo_workdays
        else now.answer_workdays - was.answer_workdays end);
    elsif not redone then
      facts := facts || jsonb_build_object('answer_workdays', now.answer_workdays, 'answer_hours', now.answer_hours);
    end if;
  end if;
  return (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(facts)
          where value is distinct from to_jsonb(t)->key);
end $$;

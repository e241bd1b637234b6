-- Records of other systems become tickets, each (source, number) once. Rows S38, issue "real input".

create or replace function core.import_source(p_district smallint, p_source jsonb) returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.source (code, district_id, name_zh, name_en, channel, kind)
  values (p_source->>'code', p_district, p_source->>'name_zh', p_source->>'name_en', 'platform', 'import')
  on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en
  returning code
$$;

-- What is wrong with a row, as field and problem; no row when nothing is.
create or replace function core.import_problem(p_row jsonb) returns table (field text, problem text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select f, p from (values
    ('number',  case when length(p_row->>'number') > 100 then 'longer than 100 characters' end),
    ('number',  case when p_row->>'number' is not nfkc normalized then 'has full-width or other forms of plain characters' end),
    ('title',   case when length(p_row->>'title') > 200 then 'longer than 200 characters' end),
    ('body',    case when length(p_row->>'body') > 20000 then 'longer than 20000 characters' end),
    ('reply',   case when length(p_row->>'reply') > 20000 then 'longer than 20000 characters' end),
    ('place_text', case when length(p_row->>'place_text') > 500 then 'longer than 500 characters' end),
    ('kind',    case when not exists (select from core.kind where code = coalesce(p_row->>'kind', 'help'))
                     then 'no such kind: ' || (p_row->>'kind') end),
    ('channel', case when not exists (select from core.channel where code = coalesce(p_row->>'channel', 'platform'))
                     then 'no such channel: ' || (p_row->>'channel') end),
    ('created_at', case when (p_row->>'created_at')::timestamptz > now() then 'lies in the future'
                        -- a month has its partitions: nobody may make thousands of them
                        when (p_row->>'created_at')::timestamptz < '2000-01-01 00:00:00Z' then 'lies before the year 2000' end),
    ('closed_at',  case when (p_row->>'closed_at')::timestamptz > now() then 'lies in the future' end)
  ) as checks(f, p)
  where p is not null
  limit 1
$$;

-- The facts of an imported ticket. Clocks run only where the record gives something to measure: a target or an answer.
create or replace function core.import_facts(p_district smallint, p_source text, p_row jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  created timestamptz := (p_row->>'created_at')::timestamptz;
  answered timestamptz := (p_row->>'answered_at')::timestamptz;
  target timestamptz := (p_row->>'answer_due_at')::timestamptz;
  finished boolean := p_row ? 'finished' or p_row ? 'closed_at';
  measured boolean := answered is not null or target is not null;
  policy core.sla_policy;
begin
  if measured and target is null then
    policy := core.sla_for(p_district, null, p_row->>'kind', p_row->>'channel', created::date);
  end if;
  return jsonb_strip_nulls(jsonb_build_object(
    'district_id', p_district, 'state', case when finished then 'DONE' else 'TRIAGE' end,
    'is_open', not finished,
    'kind', coalesce(p_row->>'kind', 'help'), 'channel', coalesce(p_row->>'channel', 'platform'),
    'source', p_source, 'external_number', p_row->>'number',
    'title', p_row->>'title', 'body', coalesce(p_row->>'body', ''),
    'place_text', p_row->>'place_text',
    'lon', case when (p_row->>'lon')::float8 between -180 and 180 then p_row->'lon' end,
    'lat', case when (p_row->>'lat')::float8 between -90 and 90 then p_row->'lat' end,
    'caller_label', left(p_row->>'caller_name', 1) || '**',
    'callback_required', false, 'wants_reply', true,
    'created_at', created, 'answered_at', answered, 'closed_at', p_row->>'closed_at',
    'dispatched_at', case when measured then created end,
    'answer_from', case when measured then created end,
    'answer_workdays', policy.answer_workdays, 'answer_hours', policy.answer_hours,
    'answer_fixed_at', target));
end $$;

create or replace function core.import_ticket(p_district smallint, p_source text, p_row jsonb, p_actor name)
returns text language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  content bytea := sha256(convert_to(p_row::text, 'UTF8'));
  known bytea;
  created timestamptz := (p_row->>'created_at')::timestamptz;
  facts jsonb;
  t core.ticket;
  kept core.caller;
begin
  select content_hash into known from core.external_ref where source = p_source and number = p_row->>'number';
  if found then
    return case when known = content then 'unchanged' else 'changed' end;
  end if;
  facts := core.import_facts(p_district, p_source, p_row);
  t := core.blank_ticket(p_district, created, p_actor);
  t := core.apply_facts(t, facts);
  facts := facts || core.clock_facts(t);
  t := core.apply_facts(t, facts);
  if t.answered_at >= t.answer_due_at + interval '1 second' then
    facts := facts || jsonb_build_object('red_since', t.answer_due_at + interval '1 second');
  end if;
  if p_row ?| array['caller_name', 'caller_phone', 'caller_address'] then
    kept := core.caller_of(t, jsonb_build_object('name', p_row->'caller_name', 'phone', p_row->'caller_phone',
                                                 'address', p_row->'caller_address'));
  end if;
  t := core.insert_ticket(t, facts, 'import', p_actor, 'system', created,
         jsonb_strip_nulls(jsonb_build_object('reply', p_row->'reply', 'source_flag', p_row->'flag',
           'handler', p_row->'handler_text',
           'caller_seal', case when kept.ticket_id is null then '' else core.caller_seal(kept) end)));
  if kept.ticket_id is not null then
    insert into core.caller values (kept.*);
  end if;
  insert into core.external_ref (source, number, district_id, ticket_id, content_hash)
  values (p_source, p_row->>'number', p_district, t.id, content);
  return 'imported';
end $$;

create or replace function api.import_tickets(p_district text, p_source jsonb, p_rows jsonb)
returns table (row_no integer, result text, field text, problem text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  district smallint := core.district_for_admin(p_district);
  source text := core.import_source(district, p_source);
  one jsonb;
begin
  row_no := 0;
  for one in select value from jsonb_array_elements(p_rows) loop
    row_no := row_no + 1;
    select f.field, f.problem into field, problem from core.import_problem(one) f;
    if found then
      result := 'rejected';
    else
      result := core.import_ticket(district, source, one, session_user);
      if result = 'changed' then
        result := 'rejected'; field := 'number'; problem := 'was imported before with other content';
      end if;
    end if;
    return next;
  end loop;
end $$;
comment on function api.import_tickets is
  'Import records (administrators): one result a row, imported / unchanged / rejected with field and problem.';

-- The district an administrator, or the owner on the server itself, works for.
create or replace function core.district_for_admin(p_code text) returns smallint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_id smallint;
begin
  perform core.myself();
  select id into found_id from core.district where code = p_code;
  if found_id is null then
    raise exception using errcode = 'LD003', constraint = 'no_such_district',
      message = format('There is no district %s.', p_code), detail = jsonb_build_object('field', 'district')::text;
  end if;
  if not pg_has_role(session_user, 'ld_owner', 'member') then
    perform from core.staff where login = session_user and 'admin' = any (duties) and valid @> clock_timestamp()
      and district_id = found_id and on_duty;
    if not found then
      raise exception using errcode = '42501', constraint = 'needs_admin',
        message = 'Only an administrator of this district may do this.';
    end if;
  end if;
  return found_id;
end $$;

revoke all on function api.import_tickets(text, jsonb, jsonb) from public;
grant execute on function api.import_tickets(text, jsonb, jsonb) to ld_admin;

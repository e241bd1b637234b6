-- Hints beside the intake form: earlier tickets of this caller, and reports that may be the same matter.

-- Pairs of neighbouring characters: they compare Chinese as well as Latin words.
create or replace function core.bigrams(p_text text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct substr(plain, i, 2)), '{}')
  from (select left(lower(regexp_replace(p_text, '[^[:alnum:]]+', '', 'g')), 400)) x(plain),
       generate_series(1, length(plain) - 1) i
$$;

-- The share of the shorter text's pairs that the other one has too.
create or replace function core.likeness(p_one text[], p_other text[]) returns real
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce((select count(*) from unnest(p_one) b where b = any (p_other))::real
                  / nullif(least(cardinality(p_one), cardinality(p_other)), 0), 0)
$$;

-- May the asking person be told now whose number this is? A number on a ticket is masked: whoever could try them all
-- would unmask everybody, and learn who complained. So each number looked up is a row of the register, at most 200 an
-- hour, and good for half an hour. As with api.reveal, false comes first: the row must have been committed.
create or replace function core.is_looked_up(p_phone text) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_digits constant text := regexp_replace(coalesce(p_phone, ''), '\D', '', 'g');
  v_key constant text := encode(core.phone_hash(p_phone), 'hex');
  v_district constant smallint := core.my_district();
  v_since timestamptz;
begin
  if length(v_digits) not between 7 and 20 then
    return false;
  end if;
  perform core.alone(session_user);
  select min(e.at) into v_since from audit.entry e
  where e.district_id = v_district and e.login = session_user and e.kind = 'caller_lookup'
    and e.at > clock_timestamp() - interval '30 minutes' and e.detail ->> 'key' = v_key;
  if v_since is not null then
    return v_since < now();
  elsif (select count(*) from audit.entry e
         where e.district_id = v_district and e.login = session_user and e.kind = 'caller_lookup'
           and e.at > clock_timestamp() - interval '1 hour') >= 200 then
    perform core.refuse('caller_lookups');
  end if;
  perform core.audit('caller_lookup', '', jsonb_build_object('end', right(v_digits, 4), 'digits', length(v_digits), 'key', v_key));
  return false;
end $$;

-- Same caller, same place and class, similar words, in the last 30 days. Only such tickets are looked at
-- for words as share the caller, the place or the area; without any of these the newest of the district.
drop function if exists api.duplicates(jsonb);
create function api.duplicates(p_payload jsonb)
returns table (ticket_id bigint, number text, title text, state text, created_at timestamptz, light text,
               reason text[], score real)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_since timestamptz := now() - interval '30 days';
  v_low bigint := core.month_start((v_since at time zone 'UTC')::date - 1);
  v_hash bytea := case when core.is_looked_up(p_payload ->> 'phone') then core.phone_hash(p_payload ->> 'phone') end;
  v_place integer := (p_payload ->> 'place_id')::integer;
  v_area integer := (select coalesce(t.area_id, t.town_id) from core.territory t where t.id = v_place);
  v_class integer := (select case c.level when 3 then c.parent_id else c.id end from core.category c
                      where c.id = (p_payload ->> 'category_id')::integer);
  v_words text[] := core.bigrams(concat(p_payload ->> 'title', ' ', p_payload ->> 'body'));
begin
  return query
    with known as not materialized (  -- before any limit: what a person is kept off takes nobody's place (R902)
      select k.* from core.ticket k
      where k.district_id = core.my_district() and k.created_at >= v_since and k.id >= v_low
        and (not exists (select from core.barred b where b.district_id = k.district_id and b.ticket_id = k.id)
          or not core.is_kept_off(k.id))
    ), found as (
      (select k.id from core.caller c join known k on k.district_id = c.district_id and k.id = c.ticket_id
       where c.phone_hash = v_hash order by k.created_at desc limit 50)
      union
      (select k.id from known k where k.place_id = v_place order by k.created_at desc limit 50)
      union
      (select k.id from known k where v_area in (k.p_area, k.p_town) order by k.created_at desc limit 100)
      union
      (select k.id from known k where v_hash is null and v_place is null order by k.created_at desc limit 200)
    ), judged as (
      select k, v.light,
        exists (select from core.caller c where c.district_id = k.district_id and c.ticket_id = k.id
                and c.phone_hash = v_hash) as same_caller,
        k.place_id = v_place and v_class in (k.category_id, g.parent_id) as same_matter,
        core.likeness(v_words, core.bigrams(concat(k.title, ' ', k.body))) as likeness
      from found f
      join core.ticket k on k.id = f.id
      join api.tickets v on v.district_id = k.district_id and v.id = k.id
      left join core.category g on g.id = k.category_id
      where k.district_id = core.my_district() and k.state <> 'VOID' and core.may_see(k)
    ), scored as (
      select j.k, j.light,
        array_remove(array[case when j.same_caller then 'caller' end, case when j.same_matter then 'place_class' end,
                           case when j.likeness >= 0.5 then 'words' end], null) as reasons,
        (case when j.same_caller then 0.4 else 0 end + case when j.same_matter then 0.3 else 0 end
          + 0.3 * j.likeness)::real as points
      from judged j
    )
    select (s.k).id, (s.k).number, (s.k).title, (s.k).state, (s.k).created_at, s.light, s.reasons, s.points
    from scored s where cardinality(s.reasons) > 0
    order by s.points desc, (s.k).id desc limit 10;
end $$;

create function api.caller_history(p_phone text) returns setof api.tickets
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not core.is_looked_up(p_phone) then
    return;
  end if;
  return query
    select v.* from core.caller c
    join core.ticket k on k.district_id = c.district_id and k.id = c.ticket_id
    join api.tickets v on v.district_id = k.district_id and v.id = k.id
    where c.phone_hash = core.phone_hash(p_phone) and core.may_see(k)
    order by k.created_at desc, k.id desc limit 50;
end $$;

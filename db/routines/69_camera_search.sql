-- Cameras found by words and counted by place. As the owner, because row security would keep text from being looked
-- through cheaply; core.cameras_of() says which there are.

drop type if exists core.camera_filter cascade;
create type core.camera_filter as (
  sources     text[],
  purposes    text[],
  statuses    text[],
  territory   integer,
  "group"     integer,
  ptz         boolean,
  retired     boolean  -- also those that are no longer in service
);

-- One word of a search, and what of the lists bears a name with it.
drop type if exists core.camera_word cascade;
create type core.camera_word as (word text, places integer[], purposes text[], sources text[]);

create function core.read_camera_filter(p_filter jsonb) returns core.camera_filter
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  f core.camera_filter := core.read_record(null::core.camera_filter, p_filter, 'filter');
begin
  if greatest(cardinality(f.sources), cardinality(f.purposes), cardinality(f.statuses)) > 50 then
    perform core.bad_payload('filter', 'at most 50 of each');
  elsif f."group" is not null and f."group" not in (select core.my_groups()) then
    perform core.refuse('no_such_group', p_state => 'LD004');
  end if;
  return f;
end $$;

create function core.read_camera_words(p_district smallint, p_text text) returns core.camera_word[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(row(w.word,
    array(select t.id from core.territory t
          where t.district_id = p_district and t.level > 1
            and (strpos(lower(t.name), w.word) > 0 or w.is_latin and (left(t.pinyin, length(w.word)) = w.word or left(t.initials, length(w.word)) = w.word))),
    array(select r.code from core.reason r where r.list = 'camera_purpose' and strpos(lower(r.name_zh || ' ' || r.name_en), w.word) > 0),
    array(select s.code from core.camera_source s
          where s.district_id = p_district and strpos(lower(s.name_zh || ' ' || s.name_en), w.word) > 0))::core.camera_word order by w.i), '{}')
  from (select x.word, x.i, x.word ~ '^[a-z0-9]+$' as is_latin
        from regexp_split_to_table(lower(btrim(p_text)), '\s+') with ordinality x(word, i)
        where x.word <> '' order by x.i limit 6) w
$$;

-- SQL over core.camera c with the words as $1: what one word asks for. Letters are looked for in pinyin, initials and
-- code, everything else in the name; pinyin has the letters and digits of the name too.
create function core.camera_word_sql(w core.camera_word, i bigint) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format(' and (%s)', concat_ws(' or ',
    case when w.word ~ '^[a-z0-9]+$' then
      format('strpos(c.pinyin, ($1)[%1$s].word) > 0 or strpos(c.initials, ($1)[%1$s].word) > 0 or strpos(lower(c.code), ($1)[%1$s].word) > 0', i)
    else format('strpos(lower(c.name), ($1)[%1$s].word) > 0 or strpos(lower(c.code), ($1)[%1$s].word) > 0', i) end,
    case when w.word ~ '^\d{3,20}$' then format('strpos(c.national_code, ($1)[%s].word) > 0', i) end,
    case when w.purposes <> '{}' then format('c.purpose = any (($1)[%s].purposes)', i) end,
    case when w.sources <> '{}' then format('c.source = any (($1)[%s].sources)', i) end,
    case when w.places <> '{}' then format(
      'c.p_town = any (($1)[%1$s].places) or c.p_area = any (($1)[%1$s].places) or c.territory_id = any (($1)[%1$s].places)', i) end))
$$;

-- The same for a filter, as $2.
create function core.camera_filter_sql(f core.camera_filter) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select concat(
    case when f.retired is not true then ' and c.is_active and c.valid @> current_date' end,
    case when f.sources is not null then ' and c.source = any (($2).sources)' end,
    case when f.purposes is not null then ' and c.purpose = any (($2).purposes)' end,
    case when f.ptz then ' and c.has_ptz' end,
    case when f.territory is not null then
      ' and ($2).territory in (c.p_town, c.p_area, c.p_grid, c.territory_id)' end,
    case when f."group" is not null then
      ' and c.id in (select m.camera_id from core.camera_group_member m where m.district_id = c.district_id and m.group_id = ($2)."group")' end,
    case when f.statuses is not null then
      ' and (select core.shown_status(max(s.status), max(s.probed_at), $11, $12) from core.camera_status s where s.district_id = c.district_id and s.camera_id = c.id) = any (($2).statuses)' end)
$$;

-- As you type: every word must be found in name, pinyin, initials, code, place, purpose or source. Names that begin
-- with the first word come first, then names that have it, then what is found by sound or number, then by place.
create or replace function api.search_cameras(p_text text, p_filter jsonb default '{}', p_limit integer default 50)
returns table (camera_id integer, found bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.camera_filter := core.read_camera_filter(p_filter);
  w core.camera_word[] := core.read_camera_words(core.my_district(), core.short_text('text', p_text, 200));
  me record;
begin
  select * into me from core.my_sight();
  return query execute format($sql$
    select c.id, count(*) over ()
    from core.cameras_of($4, $5, $6, $7, $8, $9, $10) c
    where true %s %s
    order by case when ($1)[1].word is null then 0 when lower(c.code) = ($1)[1].word or c.national_code = ($1)[1].word then 0
                  when left(lower(c.name), length(($1)[1].word)) = ($1)[1].word then 1
                  when strpos(lower(c.name), ($1)[1].word) > 0 then 2
                  when left(c.initials, length(($1)[1].word)) = ($1)[1].word then 3
                  when strpos(c.initials, ($1)[1].word) > 0 then 4
                  when strpos(c.pinyin, ($1)[1].word) > 0 then 5 else 6 end,
             c.pinyin, c.id
    limit $3 $sql$,
    (select string_agg(core.camera_word_sql(x.x, x.i), '') from (select w[n] as x, n as i from generate_subscripts(w, 1) n) x),
    core.camera_filter_sql(f))
    using w, f, least(greatest(p_limit, 1), 1000), me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties,
          core.my_cameras_known_at(), core.my_cameras_fresh_from();
end $$;
comment on function api.search_cameras is 'found: how many there are beyond the limit. Everything about them is in api.cameras.';

-- How many cameras I may see lie in each child of a place; without a place, in each town, and the rest as a null.
drop function if exists api.camera_tree(integer);
create function api.camera_tree(p_parent integer default null)
returns table (territory_id integer, level smallint, name text, cameras bigint, online bigint, known bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.my_district();
  v_level smallint := coalesce((select t.level from core.territory t where t.id = p_parent and t.district_id = v_district), 1);
  v_known constant timestamptz := core.my_cameras_known_at();
  v_fresh constant timestamptz := core.my_cameras_fresh_from();
  me record;
begin
  select * into me from core.my_sight();
  return query
    select k.child, t.level, t.name, count(*), count(*) filter (where k.status = 'online'), count(*) filter (where k.status <> 'unknown')
    from (
      select core.shown_status(s.status, s.probed_at, v_known, v_fresh) as status, case v_level when 1 then c.p_town when 2 then c.p_area when 3 then c.p_grid else c.territory_id end as child
      from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) c
      left join core.camera_status s on s.district_id = v_district and s.camera_id = c.id
      where c.is_active and c.valid @> current_date
        and case v_level when 1 then true when 2 then c.p_town = p_parent when 3 then c.p_area = p_parent
                         when 4 then c.p_grid = p_parent else false end) k
    left join core.territory t on t.id = k.child
    where v_level = 1 or k.child is not null and k.child <> p_parent
    group by k.child, t.level, t.name, t.code
    order by t.code;
end $$;
comment on function api.camera_tree is 'Cameras at a place itself, and not below it, are in none of its children. known: looked at lately enough.';

revoke all on function api.search_cameras(text, jsonb, integer), api.camera_tree(integer) from public;
grant execute on function api.search_cameras(text, jsonb, integer), api.camera_tree(integer) to ld_console;

-- What is typed into a search, read into words and into what each of them may mean. A plan's texts are made of fixed
-- pieces and of numbers; what a person typed travels only as a bound value ($2).

drop type if exists core.search_word cascade;
create type core.search_word as (
  forms      text[],     -- lower case; digits also as plain ones, a part of a number also without its dash
  first      integer,    -- where the forms begin among all bound words
  is_number  boolean,    -- looks like a whole ticket number: that ticket alone is meant, however old
  units      integer[],  -- whose name has the word, likewise the next two
  categories integer[],
  places     integer[]
);

create or replace function core.unit_names(p_word text) returns integer[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(select u.id from core.unit u where u.district_id = core.my_district()
                 and strpos(lower(concat_ws(chr(10), u.name, u.short_name)), p_word) > 0)
$$;

-- A class that has the word stands for the categories below it.
create or replace function core.category_names(p_word text) returns integer[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive found as (
    select c.id from core.category c where c.district_id = core.my_district()
      and strpos(lower(concat_ws(chr(10), c.name_zh, c.name_en)), p_word) > 0
    union
    select c.id from core.category c join found f on c.parent_id = f.id
  ) select array(select id from found)
$$;

-- The district itself stands on no ticket.
create or replace function core.place_names(p_word text) returns integer[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(select t.id from core.territory t where t.district_id = core.my_district()
                 and t.parent_id is not null and strpos(lower(t.name), p_word) > 0)
$$;

create function core.search_words(p_text text) returns core.search_word[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_words text[] := array(
    select w from regexp_split_to_table(lower(translate(p_text, chr(12288), ' ')), '\s+') with ordinality x(w, n)
    where w <> '' group by w order by min(n));
  v_first integer := 1;
  v_word text;
  v_plain text;  -- with the digits of another keyboard
  v_forms text[];
  v_is_number boolean;
  v_has_names boolean;
  v_found core.search_word[] := '{}';
begin
  if v_words = '{}' or v_words is null then
    perform core.bad_payload('text', 'missing');
  elsif length(p_text) > 200 or cardinality(v_words) > 16 then
    perform core.bad_payload('text', 'too long');
  end if;
  foreach v_word in array v_words loop
    v_plain := translate(v_word, '０１２３４５６７８９－', '0123456789-');
    v_forms := array(select distinct f from unnest(array[v_word, v_plain,
      case when v_plain ~ '^[0-9]+-[0-9]+$' then replace(v_plain, '-', '') end]) f where f is not null);
    v_has_names := length(v_word) > 1 and v_plain !~ '^[0-9-]+$';
    v_is_number := v_plain ~ '^[0-9]{8}-[0-9]{4,}$';
    v_found := v_found || row(
      case when v_is_number then array[v_plain] else v_forms end, v_first, v_is_number,
      case when v_has_names then core.unit_names(v_word) end,
      case when v_has_names then core.category_names(v_word) end,
      case when v_has_names then core.place_names(v_word) end)::core.search_word;
    v_first := v_first + case when v_is_number then 1 else cardinality(v_forms) end;
  end loop;
  return v_found;
end $$;

-- Where a word may be found in a ticket t, how close that is, and the SQL that says whether it is there. Lower case
-- costs three times as much as looking: only words that have it pay.
create function core.word_places(w core.search_word) returns table (field text, weight real, piece text)
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_wrap text := case when lower(w.forms[1]) <> upper(w.forms[1]) then 'lower(%s)' else '%s' end;
begin
  if w.is_number then
    return query values ('number', 1.0::real, format('t.number = ($2)[%s]', w.first)),
                        ('external', 1.0::real, format('lower(t.external_number) = ($2)[%s]', w.first));
    return;
  end if;
  return query
    select f.name, f.weight, string_agg(format('strpos(%s, ($2)[%s]) > 0', format(v_wrap, f.sql), w.first + n - 1), ' or ')
    from (values ('title', 1.0::real, 't.title'), ('place', 0.7::real, 't.place_text'),
                 ('external', 1.0::real, 't.external_number'), ('body', 0.5::real, 't.body'),
                 ('number', 1.0::real, 'replace(t.number, ''-'', '''')')) f(name, weight, sql),
         unnest(w.forms) with ordinality x(form, n)
    where f.name <> 'number' or form ~ '^[0-9]+$'
    group by f.name, f.weight
    union all
    select 'unit', 0.6::real, format('t.handler_unit_id = any (%L::integer[])', w.units) where w.units <> '{}'
    union all
    select 'category', 0.6::real, format('t.category_id = any (%L::integer[])', w.categories) where w.categories <> '{}'
    union all
    select 'place', 0.6::real, format('(t.p_town = any (%1$L::integer[]) or t.p_area = any (%1$L::integer[])'
        || ' or t.p_grid = any (%1$L::integer[]) or t.place_id = any (%1$L::integer[]))', w.places)
    where w.places <> '{}';
end $$;

-- The keys that a text must have to contain a form of a word (see core.search_keys): its pairs, and its longer runs of
-- digits by four instead.
create or replace function core.search_grams(p_form text) returns integer[]
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  c constant text[] := string_to_array(p_form, null);
  v_is_long constant boolean := p_form ~ '[0-9]{4}';
begin
  return array(
    select (ascii(a) & 65535) << 16 | (ascii(b) & 65535) from unnest(c, c[2:]) x(a, b)
    where b is not null and not (v_is_long and a between '0' and '9' and b between '0' and '9')
    union
    select -553648128 + substr(run[1], i, 4)::integer
    from regexp_matches(p_form, '[0-9]{4,}', 'g') run, generate_series(1, length(run[1]) - 3) i);
end $$;

-- What a ticket belongs to: 0 open, 1 place, 2 handling unit, 3 category, 4 the handler's street, 5 the handler's area,
-- 6 the handler's department.
create or replace function core.search_keys_of(p_kind integer, p_ids integer[]) returns integer[]
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return array(select -671088640 + (p_kind << 24) + (i & 16777215) from unnest(p_ids) i where i is not null);
end $$;

create or replace function core.search_keys_sql() returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select 'core.search_keys(t.number, t.external_number, t.title, t.place_text, t.body, t.is_open, t.p_town, t.p_area,'
      || ' t.p_grid, t.place_id, t.handler_unit_id, t.category_id, t.h_town, t.h_area, t.h_dept)'
$$;

create or replace function core.has_keys(p_keys integer[]) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format('%s operator(pg_catalog.&&) %L::integer[]', core.search_keys_sql(), p_keys)
$$;

-- The same as questions to the index, of which one must be answered yes; empty for what it cannot answer: a single
-- character. Never one OR: the half that is not asked of the index would be computed anew for every row.
create function core.word_sought(w core.search_word) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(piece), '{}')
  from (
    select format('%s operator(pg_catalog.@>) %L::integer[]', core.search_keys_sql(), core.search_grams(form))
    from unnest(w.forms) form
    union all
    select core.has_keys(keys)
    from (select core.search_keys_of(2, w.units) || core.search_keys_of(3, w.categories)
              || core.search_keys_of(1, w.places)) k(keys) where keys <> '{}'
  ) x(piece)
  where length(w.forms[1]) > 1
$$;

-- All words together: alternatives multiply, so only as many are asked as stay few; the rest is seen in the row.
create function core.words_sought(p_words core.search_word[]) returns text[]
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_found text[] := '{}';
  v_pieces text[];
begin
  for v_pieces in select p from unnest(p_words) w, core.word_sought(w) p where p <> '{}' order by cardinality(p) loop
    if v_found = '{}' then
      v_found := v_pieces;
    elsif cardinality(v_found) * cardinality(v_pieces) <= 4 then
      v_found := array(select format('%s and %s', f, p) from unnest(v_found) f, unnest(v_pieces) p);
    end if;
  end loop;
  return v_found;
end $$;

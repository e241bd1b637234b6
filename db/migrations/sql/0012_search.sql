-- Search over title, text, place and numbers: pairs of neighbouring characters in an inverted index, because no
-- index of PostgreSQL's own serves two Chinese characters. The function is part of the index: whoever changes it must
-- build the index anew, so it stands here and not among the routines.

-- A pair of characters as one number. The pairs of half characters (UTF-16 surrogates) are free for other keys: what
-- a ticket belongs to, and digits by four, because every number has most pairs of digits.
create function core.search_keys(
  p_number text, p_external text, p_title text, p_place_text text, p_body text, p_is_open boolean,
  p_town integer, p_area integer, p_grid integer, p_place integer, p_handler integer, p_category integer,
  h_town integer, h_area integer, h_dept integer)
returns integer[]
language plpgsql immutable parallel safe cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  v_text constant text := lower(concat_ws(chr(10), replace(p_number, '-', ''), p_external, p_title, p_place_text, p_body));
  c constant text[] := string_to_array(v_text, null);
begin
  return array(
    select (ascii(a) & 65535) << 16 | (ascii(b) & 65535) from unnest(c, c[2:]) x(a, b) where a > ' ' and b > ' '
    union all
    select -553648128 + substr(run[1], i, 4)::integer
    from regexp_matches(v_text, '[0-9]{4,}', 'g') run, generate_series(1, length(run[1]) - 3) i
    union all
    select -671088640 + (kind << 24) + (id & 16777215)
    from unnest('{0,1,1,1,1,2,3,4,5,6}'::integer[],
                array[p_is_open::integer, p_town, p_area, p_grid, p_place, p_handler, p_category, h_town, h_area, h_dept])
      k(kind, id)
    where id is not null);
end $$;

-- fastupdate off: a search must not read through a list of what was not yet sorted in, and no single writer should
-- pay for the sorting of hundreds of others.
create index ticket_search_idx on core.ticket using gin (core.search_keys(
  number, external_number, title, place_text, body, is_open, p_town, p_area, p_grid, place_id, handler_unit_id,
  category_id, h_town, h_area, h_dept)) with (fastupdate = off);

-- The end of a caller's number, as it is written on a slip of paper.
create index caller_phone_end_idx on core.caller (reverse(regexp_replace(phone, '\D', '', 'g')) text_pattern_ops)
  where phone is not null;

-- The filter of every ticket list and count: one JSON object, read once here into a plan.
-- A plan's texts are made of fixed pieces; what a person typed travels only as a bound value, in the same record.

drop type if exists core.ticket_filter cascade;
create type core.ticket_filter as (
  ids          bigint[],
  lights       text[],
  states       text[],
  unit_id      integer,      -- and the units below it
  territory_id integer,      -- any level; 0: in no town
  category_id  integer,      -- any level
  channels     text[],
  kinds        text[],
  text         text,
  open_only    boolean,
  mine         boolean,      -- held or assisted by my own unit
  role         text,         -- lead or assist: only what my own unit holds, or only what it assists
  contacted    boolean,      -- the caller was contacted, or not yet
  came_back    boolean,      -- was returned or sent back for rework at least once, or never
  overdue      boolean,      -- was red at least once, or never
  answers      text[],       -- on_time, late, missed, undated, none
  held_by      integer,      -- this unit alone; 0: nobody
  place_only   integer,      -- this place alone
  category_only integer,     -- this category alone; 0: none
  pending      jsonb,        -- true, false or a list of what is asked
  created_from timestamptz,
  created_to   timestamptz,
  merged_into  bigint
);

drop type if exists api.list_plan cascade;
create type api.list_plan as (
  filter       core.ticket_filter,
  unit_ids     integer[],
  category_ids integer[],
  my_unit      integer,
  my_town      integer,
  my_area      integer,
  my_dept      integer,
  sides        text[],
  spans        int8range[],  -- of ids: where to look, newest first, one after the other until there is enough
  open_where   text,         -- where the open tickets are
  text_since   timestamptz,
  condition    text
);
comment on type api.list_plan is
  'sides, open_where and condition are SQL over api.tickets t with the plan itself as $1.';

create function core.read_filter(p_filter jsonb) returns core.ticket_filter
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_order jsonb := case when jsonb_typeof(p_filter) = 'object' then p_filter -> 'order' end;
  v_filter core.ticket_filter := core.read_record(
    null::core.ticket_filter, case when v_order is null then p_filter else p_filter - 'order' end, 'filter');
begin
  if v_filter.role not in ('lead', 'assist') then
    perform core.bad_payload('role', 'unknown');
  end if;
  if v_order #>> '{}' not in ('due', 'newest') then
    perform core.bad_payload('order', 'unknown');
  end if;
  v_filter.open_only := coalesce(v_filter.open_only, v_filter.merged_into is null);
  v_filter.text := nullif(btrim(v_filter.text), '');
  v_filter.pending := nullif(v_filter.pending, '[]');
  return v_filter;
end $$;

create or replace function core.category_branch(p_category integer) returns integer[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return array(
    with recursive below as (
      select p_category as id
      union
      select c.id from core.category c join below b on c.parent_id = b.id
    ) select id from below);
end $$;

-- The WHERE of a filter: the pieces whose fields are given.
create function core.filter_where(f core.ticket_filter) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return concat_ws(' and ', 'true',
    case when f.open_only then 't.is_open' end,
    case when f.ids is not null then 't.id = any ((($1).filter).ids)' end,
    case when cardinality(f.lights) > 0 then 't.light = any ((($1).filter).lights)' end,
    case when cardinality(f.states) > 0 then 't.state = any ((($1).filter).states)' end,
    case when cardinality(f.channels) > 0 then 't.channel = any ((($1).filter).channels)' end,
    case when cardinality(f.kinds) > 0 then 't.kind = any ((($1).filter).kinds)' end,
    case when f.unit_id is not null then 't.handler_unit_id = any (($1).unit_ids)' end,
    case when f.category_id is not null then 't.category_id = any (($1).category_ids)' end,
    core.territory_where(f.territory_id),
    case when f.mine then '(t.handler_unit_id = ($1).my_unit or ($1).my_unit = any (t.assist_unit_ids))' end,
    case f.role when 'lead' then 't.handler_unit_id = ($1).my_unit'
                when 'assist' then '($1).my_unit = any (t.assist_unit_ids)' end,
    case when f.contacted is not null then '(t.contacted_at is not null) = (($1).filter).contacted' end,
    case when f.came_back is not null then '(t.returns + t.reworks > 0) = (($1).filter).came_back' end,
    case when f.overdue is not null then '(t.red_since is not null) = (($1).filter).overdue' end,
    case when cardinality(f.answers) > 0 then 't.answer = any ((($1).filter).answers)' end,
    case when f.held_by = 0 then 't.handler_unit_id is null' when f.held_by is not null then 't.handler_unit_id = (($1).filter).held_by' end,
    case when f.place_only is not null then 't.place_id = (($1).filter).place_only' end,
    case when f.category_only = 0 then 't.category_id is null' when f.category_only is not null then 't.category_id = (($1).filter).category_only' end,
    case
      when f.pending = 'true' then 't.pending is not null'
      when f.pending = 'false' then 't.pending is null'
      when f.pending is not null then '(($1).filter).pending ? t.pending' end,
    case when f.created_from is not null then 't.created_at >= (($1).filter).created_from' end,
    case when f.created_to is not null then 't.created_at < (($1).filter).created_to' end,
    case when f.merged_into is not null then 't.main_ticket_id = (($1).filter).merged_into' end,
    core.text_where(f.text));
end $$;

-- Each level of the tree has its column on the ticket; below the grid only the place itself is left.
create or replace function core.territory_where(p_territory integer) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_territory is null then
    return null;
  elsif p_territory = 0 then  -- in no town
    return 't.p_town is null';
  end if;
  return coalesce((
    select case
        when t.id = t.town_id then 't.p_town = (($1).filter).territory_id'
        when t.id = t.area_id then 't.p_area = (($1).filter).territory_id'
        when t.id = t.grid_id then 't.p_grid = (($1).filter).territory_id'
        when t.parent_id is null then 't.place_id is not null'
        else 't.place_id = (($1).filter).territory_id'
      end
    from core.territory t where t.id = p_territory and t.district_id = core.my_district()), 'false');
end $$;

-- Words are sought in open and recent tickets (92 days); a whole ticket number is found however old it is. What looks
-- like a number is taken for one whether or not there is such a ticket: the plan tells nothing.
create or replace function core.text_where(p_text text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_text is null then null
    when p_text ~ '^\d{8}-\d{4,}$' then 't.number = (($1).filter).text'
    else '(t.is_open or t.created_at >= now() - interval ''92 days'') and t.created_at >= ($1).text_since'
      || ' and strpos(lower(concat_ws(chr(10), t.number, t.title, t.place_text, t.body)), lower((($1).filter).text)) > 0'
  end;
end $$;

-- The oldest ticket whose words are looked at, so that a word that is nowhere does not walk the whole history.
drop function if exists core.text_since();
create or replace function core.text_since(p_open integer[]) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return least(now() - interval '92 days',
    (select to_date(min(month)::text, 'YYYYMM')::timestamp from unnest(p_open) month)
      at time zone (select d.tz from core.district d where d.id = core.my_district()));
end $$;

-- Where a filter looks: what is open in one go, for it lies in few months; history in spans back to its beginning.
create function core.filter_spans(f core.ticket_filter, p_open integer[]) returns int8range[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_district constant smallint := core.my_district();
  v_tz constant text := (select d.tz from core.district d where d.id = v_district);
  v_since constant timestamptz := greatest(f.created_from, case when f.text is not null then core.text_since(p_open) end);
begin
  if f.open_only or f.ids is not null then
    return array[int8range(0, null)];
  end if;
  return core.month_spans(core.month_start((v_since at time zone v_tz)::date),
                          core.month_start((least(f.created_to, now()) at time zone v_tz)::date) + 1);
end $$;

-- The index-friendly sides of what a person may see, disjoint: a single OR over them would walk the table.
-- Row security still decides every row; a side only says where to look.
create or replace function core.scope_sides(p_scope text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_scope
    when 'all' then array['true']
    when 'town' then array[
      't.p_town = ($1).my_town',
      't.h_town = ($1).my_town and t.p_town is distinct from ($1).my_town',
      't.id = any (array(select g.ticket_id from api.my_guests g))'
        || ' and t.p_town is distinct from ($1).my_town and t.h_town is distinct from ($1).my_town']
    when 'area' then array[
      't.p_area = ($1).my_area',
      't.h_area = ($1).my_area and t.p_area is distinct from ($1).my_area',
      't.id = any (array(select g.ticket_id from api.my_guests g))'
        || ' and t.p_area is distinct from ($1).my_area and t.h_area is distinct from ($1).my_area']
    when 'dept' then array[
      't.h_dept = ($1).my_dept',
      't.id = any (array(select g.ticket_id from api.my_guests g))'
        || ' and t.h_dept is distinct from ($1).my_dept']
    else array['false']
  end
$$;

-- The sides of whoever asks. Who sees nothing as a guest need not look for it in every month.
create or replace function core.my_sides() returns text[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  me record;
  v_sides text[];
begin
  select * into me from core.standpoint(session_user);
  v_sides := core.scope_sides(me.scope);
  if exists (select from core.guest g where g.district_id = me.district_id
             and (me.scope = 'town' and g.h_town = me.town or me.scope = 'area' and g.h_area = me.area
                  or me.scope = 'dept' and g.h_dept = me.dept)) then
    return v_sides;
  end if;
  return array(select s from unnest(v_sides) s where s not like '%my_guests%');
end $$;

create function api.plan_list(p_filter jsonb) returns api.list_plan
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  f constant core.ticket_filter := core.read_filter(p_filter);
  v_months constant integer[] := core.my_open_months();
  v_open constant text := core.open_where(v_months);
begin
  return row(f, core.unit_branch(f.unit_id), core.category_branch(f.category_id),
    core.my_unit(), core.my_town(), core.my_area(), core.my_dept(),
    core.my_sides(), core.filter_spans(f, v_months), v_open, case when f.text is not null then core.text_since(v_months) end,
    concat_ws(' and ', core.filter_where(f), case when f.open_only then v_open end))::api.list_plan;
end $$;

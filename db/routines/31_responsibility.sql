-- Who answers for what, where and when (S16), and who takes over when nobody is named (T7).

create or replace function core.unit_facts(p_unit int) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
           'h_town', max(case when u.kind in ('town', 'area', 'community') then t.town_id end),
           'h_area', max(case when u.kind in ('area', 'community') then t.area_id end),
           'h_dept', max(u.root_id))
    from core.unit u
    left join core.territory t on t.id = u.territory_id
   where u.id = p_unit
$$;
comment on function core.unit_facts is 'The scope columns of a ticket this unit holds.';

create or replace function core.unit_of_territory(p_territory int, p_on date) returns int
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select u.id
    from core.unit u
   where u.territory_id = p_territory and u.kind in ('town', 'area', 'community') and u.takes_tickets
     and u.valid @> p_on
   order by u.id
   limit 1
$$;

create or replace function core.coordinator_of(p_place int) returns int
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select core.unit_of_territory(t.town_id, current_date) from core.territory t where t.id = p_place
$$;
comment on function core.coordinator_of is 'The town that takes a ticket whose owner is unclear but whose place is known (T7).';

-- In place of an accused unit, or one below it, the unit above; none when that one takes no tickets: the centre itself.
create or replace function core.above_accused(p_unit int, p_accused int) returns int
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select case when not core.within(p_unit, p_accused) then p_unit
    else (select above.id from core.unit u join core.unit above on above.id = u.parent_id
          where u.id = p_accused and above.takes_tickets and above.kind <> 'centre') end
$$;

drop function if exists core.suggest(smallint, int, int, date);
create or replace function core.suggest(
  p_district smallint, p_category int, p_place int, p_on date, p_accused int default null)
returns table (lead_unit_id int, assist_unit_ids int[], basis text, responsibility_id int)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  with recursive classes as (
    select c.id, c.parent_id, c.level from core.category c where c.id = p_category and c.district_id = p_district
    union all
    select c.id, c.parent_id, c.level from classes k join core.category c on c.id = k.parent_id
  ), places as (
    select t.id, t.parent_id, t.level, t.town_id, t.area_id
      from core.territory t where t.id = p_place and t.district_id = p_district
    union all
    select t.id, t.parent_id, t.level, t.town_id, t.area_id from places p join core.territory t on t.id = p.parent_id
  ), found as (
    select case r.lead_rule
             when 'unit' then r.lead_unit_id
             when 'town_of_place' then core.unit_of_territory(here.town_id, p_on)
             else core.unit_of_territory(here.area_id, p_on)
           end as lead_unit_id,
           r.assist_unit_ids, r.basis, r.id, k.level as depth, p.level as place_depth
      from core.responsibility r
      join classes k on k.id = r.category_id
      left join places p on p.id = r.territory_id
      left join core.territory here on here.id = p_place
     where r.district_id = p_district and r.valid @> p_on and (r.territory_id is null or p.id is not null)
  )
  select case when p_accused is null then f.lead_unit_id else core.above_accused(f.lead_unit_id, p_accused) end,
         case when p_accused is null then f.assist_unit_ids
              else array(select u from unnest(f.assist_unit_ids) u where not core.related(u, p_accused)) end,
         f.basis, f.id
    from found f
   where f.lead_unit_id is not null
   order by f.depth desc, f.place_depth desc nulls last, f.id
   limit 1
$$;
comment on function core.suggest is
  'The responsibility row in force: deeper category first, then deeper territory; rows whose unit the place does not tell fall away. '
  'Nobody is proposed who is complained about (R902).';

drop function if exists api.suggest(int, int);
create or replace function api.suggest(p_category int, p_place int, p_accused int default null) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  actor  core.staff      := core.actor();
  today  date            := (now() at time zone (select tz from core.district where id = actor.district_id))::date;
  policy core.sla_policy := core.sla_for(actor.district_id, p_category, null, null, today);
  lead   record;
  contact_due timestamptz := coalesce(now() + make_interval(hours => policy.contact_hours),
                                      core.workday_due(now(), policy.contact_workdays, '{}', actor.district_id));
  answer_due  timestamptz := coalesce(now() + make_interval(hours => policy.answer_hours),
                                      core.workday_due(now(), policy.answer_workdays, '{}', actor.district_id));
begin
  select * into lead from core.suggest(actor.district_id, p_category, p_place, today, p_accused);
  return jsonb_build_object(
    'lead_unit_id', lead.lead_unit_id, 'assist_unit_ids', coalesce(to_jsonb(lead.assist_unit_ids), '[]'),
    'basis', lead.basis, 'contact_due_at', contact_due, 'answer_due_at', answer_due,
    'provisional', core.is_provisional(today, answer_due::date));
end $$;
comment on function api.suggest is 'Lead and assisting units for a category at a place, and the deadlines if it were sent now.';
revoke all on function api.suggest from public;
grant execute on function api.suggest to ld_console;

-- What a dispatch of this ticket begins with: for a dead camera its owner, else whom the directory names; for a ticket
-- about a unit, the next above it (R903). Empty: the directory names nobody.
create or replace function core.proposal(t core.ticket) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
  v_owner int := core.repair_unit(t);
  v_today date := (now() at time zone (select tz from core.district where id = t.district_id))::date;
  lead record;
begin
  if v_owner is not null then
    return jsonb_build_object('unit', v_owner, 'basis', '摄像头权属单位');
  end if;
  select * into lead from core.suggest(t.district_id, t.category_id, t.place_id, v_today, t.accused_unit_id);
  if lead.lead_unit_id is null then
    return '{}';
  end if;
  return jsonb_strip_nulls(jsonb_build_object(
    'unit', lead.lead_unit_id, 'assist', nullif(lead.assist_unit_ids, '{}'), 'basis', lead.basis));
end $$;

create or replace function api.propose(p_ticket bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select core.proposal(core.seen_ticket(p_ticket)) $$;
comment on function api.propose is 'Unit, assisting units and basis for a dispatch of this ticket; empty when the directory names nobody.';
revoke all on function api.propose from public;
grant execute on function api.propose to ld_console;

-- A chunk of synthetic tickets: numbers %(first)s to %(last)s, of which those up to %(history)s are finished, over three
-- years. Open ones and the last 100,000 finished have their first event, so that fold and hash chain hold; older ones
-- stand for the weight of the years alone. Texts come from a few hundred made-up phrases.
create temp table bench_rows on commit drop as
with sizes as (
  select (select count(*) from bench_units) as units, (select count(*) from bench_grids) as grids,
         (select count(*) from bench_items) as items
), numbers as (
  select g, g > %(history)s as is_open, hashint4(g::int) & 2147483647 as h, hashint4((g * 7 + 3)::int) & 2147483647 as k
  from generate_series(%(first)s, %(last)s) g
), timed as (
  select *, case when is_open then now() - (h %% 777600) * interval '1 second'
                 else now() - interval '10 days' - (h %% 94608000) * interval '1 second' end as created_at
  from numbers
)
select t.*, u.id as unit_id, u.kind as unit_kind, u.root_id, ut.town_id as u_town, ut.area_id as u_area,
       p.id as place_id, p.town_id, p.area_id, p.grid_id, c.id as category_id, c.domain_id,
       (array['SENT','WORK','WORK','WORK','TRIAGE','REVIEW','CALLBACK','HOLD'])[1 + k %% 8] as open_state,
       nextval('core.ticket_seq') as serial
from timed t cross join sizes s
join bench_units u on u.n = 1 + t.k %% s.units
join bench_grids p on p.n = 1 + t.h %% s.grids
join bench_items c on c.n = 1 + (t.h / 7) %% s.items
left join core.territory ut on ut.id = u.territory_id;

insert into core.ticket (
  district_id, id, number, version, state, is_open, kind, channel, source, track, title, body, category_id, domain_id,
  place_id, p_town, p_area, p_grid, place_text, caller_label, handler_unit_id, h_town, h_area, h_dept, first_unit_id,
  leg, created_at, updated_at, dispatched_at, contacted_at, answered_at, closed_at, contact_from, contact_workdays,
  answer_from, answer_workdays, created_by)
select 1, to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + serial,
  to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad(serial::text, 8, '0'), 1,
  case when is_open then open_state else 'ARCHIVED' end, is_open,
  (array['help','complaint','consult','hazard'])[1 + k %% 4], (array['phone','web','app','handheld'])[1 + h %% 4], 'd1_yht',
  'dispatch',
  (array['路面破损','路灯不亮','垃圾未清运','噪音扰民','供水不足','暖气不热','违章停车','污水外溢','井盖缺失','占道经营'])[1 + h %% 10]
    || (array['请尽快处理','已经三天','影响出行','多次反映','附近有学校','老人不便','夜间尤甚','希望回复'])[1 + k %% 8]
    || case when h %% 20011 = 7 then '白鹭鸣叫' else '' end || '（' || (h %% 9973) || '）',
  '市民反映' || (array['小区东门','菜市场旁','公交站点','河道边','学校门口','单元楼下'])[1 + k %% 6] || '有问题，编号' || h || '，'
    || repeat('希望有关部门到现场查看并答复。', 1 + (h %% 5)::int),
  category_id, domain_id, place_id, town_id, area_id, grid_id, '演示地点' || (k %% 5000), '演**',
  case when open_state <> 'TRIAGE' or not is_open then unit_id end,
  case when unit_kind in ('town', 'area') then u_town end, case when unit_kind = 'area' then u_area end,
  case when unit_kind = 'department' then root_id end, unit_id, 1, created_at, created_at, created_at,
  created_at + interval '3 hours',
  case when not is_open or open_state in ('REVIEW', 'CALLBACK') then created_at + (h %% 600000) * interval '1 second' end,
  case when not is_open then created_at + interval '8 days' end,
  created_at, 1, created_at, 5, 'd1_operator1'
from bench_rows;

create temp table bench_told on commit drop as
  select to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + serial as id
  from bench_rows where g > %(history)s - 100000;

update core.ticket t set (contact_due_at, answer_due_at, due_at, yellow_at, red_at, due_provisional) =
  (select c.contact_due_at, c.answer_due_at, c.due_at, c.yellow_at, c.red_at, c.due_provisional
   from core.clock_times(t) c)
where t.is_open and t.id in (select r.id from bench_told r);

insert into core.event
select e.district_id, e.ticket_id, e.seq, e.at, e.recorded_at, e.actor, e.unit_id, e.duty, e.action, e.rule, e.from_state,
       e.to_state, e.payload, e.facts, e.request_key, e.prev_hash, core.event_hash(e)
from (
  select (row(t.district_id, t.id, 1, t.created_at, t.created_at, t.created_by, null, 'operator', 'open', 'T1', null,
              t.state, '{}'::jsonb, to_jsonb(t), null, null, null)::core.event).*
  from core.ticket t where t.id in (select r.id from bench_told r)
) e;

insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at, to_at)
select t.district_id, t.id, 1, t.handler_unit_id, 'lead', t.created_at, t.closed_at
from core.ticket t
where t.handler_unit_id is not null and t.id in (select r.id from bench_told r);

drop table bench_rows, bench_told;

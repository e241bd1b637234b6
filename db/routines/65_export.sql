-- One row a ticket with names and figures in words, for export and statistics of one's own.
create or replace view api.ticket_rows with (security_invoker = true, security_barrier = true) as
select t.id, t.district_id, t.number, t.source, t.external_number, t.title,
       t.state, st.name_zh as state_zh, st.name_en as state_en,
       case when t.due_at is null then '-' when now() >= t.red_at then 'R'
            when now() >= t.yellow_at then 'Y' else 'G' end as light,
       t.kind, t.channel, c.name_zh as category_zh, c.name_en as category_en,
       town.name as town, area.name as area, grid.name as grid, t.place_text,
       u.name as unit, t.created_at, t.dispatched_at, t.signed_at, t.contacted_at,
       t.contact_due_at, t.answer_due_at, t.answered_at, t.closed_at, t.due_at, t.red_since, t.due_provisional,
       case when t.answered_at is not null
            then core.workdays_between(coalesce(t.dispatched_at, t.created_at), t.answered_at, t.district_id)
       end as workdays_to_answer,
       t.returns, t.reworks, t.extensions, t.solved, t.satisfaction
from api.tickets t
join api.states st on st.code = t.state
left join api.categories c on c.id = t.category_id
left join api.territories town on town.id = t.p_town
left join api.territories area on area.id = t.p_area
left join api.territories grid on grid.id = t.p_grid
left join api.units u on u.id = t.handler_unit_id;
grant select on api.ticket_rows to ld_console;

-- What synthetic tickets are made of: handlers, places and items of the demo district, and a partition for each month.
create temp table bench_units on commit drop as
  select row_number() over (order by id) as n, id, kind, root_id, territory_id
  from core.unit where district_id = 1 and takes_tickets and kind in ('town', 'area', 'department');
create temp table bench_grids on commit drop as
  select row_number() over (order by id) as n, id, town_id, area_id, grid_id
  from core.territory where district_id = 1 and level = 4;
create temp table bench_items on commit drop as
  select row_number() over (order by id) as n, id, domain_id from core.category where district_id = 1 and level = 3;

select core.ensure_month(m::date) from generate_series(now() - interval '37 months', now(), interval '1 month') m;

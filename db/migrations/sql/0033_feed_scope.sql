-- Kept by triggers from now on (10_scope.sql).
alter table core.unit add column feed_scope text;
comment on column core.unit.feed_scope is 'The scope of the change feed its people wait for.';
update core.unit u
set feed_scope = coalesce(
  case when u.kind = 'centre' then 'district ' || u.district_id
       when u.kind = 'town' then 'town ' || (select t.town_id from core.territory t where t.id = u.territory_id)
       when u.kind in ('area', 'community', 'window')
         then 'area ' || (select t.area_id from core.territory t where t.id = u.territory_id)
       else 'dept ' || u.root_id end, 'unit ' || u.id);
alter table core.unit alter column feed_scope set not null;

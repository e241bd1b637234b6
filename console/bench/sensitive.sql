-- What row security must look up after some years: every hundredth ticket is about a unit or a person, every twentieth
-- is assisted by another unit.
with units as (
  select array_agg(id order by id) as ids from core.unit where district_id = 1 and takes_tickets
), persons as (
  select array_agg(login order by login) as logins from core.staff where district_id = 1
)
insert into core.barred (district_id, ticket_id, unit_id, login)
select t.district_id, t.id,
       case when t.id % 500 <> 0 then u.ids[1 + t.id / 100 % cardinality(u.ids)] end,
       case when t.id % 500 = 0 then p.logins[1 + t.id / 500 % cardinality(p.logins)] end
from core.ticket t, units u, persons p
where t.id % 100 = 0;

with units as (
  select array_agg(id order by id) as ids from core.unit where district_id = 1 and takes_tickets
)
insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at)
select t.district_id, t.id, 1, u.ids[1 + t.id / 20 % cardinality(u.ids)], 'assist', t.created_at
from core.ticket t, units u
where t.id % 20 = 10;

-- Rounds: one's own, and all of the district for those who answer for them at the centre.

create policy own on core.patrol for select to ld_console using (login = session_user);
create policy registers on core.patrol for select to ld_supervisor, ld_inspector, ld_leader, ld_admin
  using (district_id = (select core.my_district()) and (select core.my_scope()) = 'all');
create policy with_patrol on core.patrol_stop for select to ld_console
  using (exists (select from core.patrol p where p.district_id = patrol_stop.district_id and p.id = patrol_stop.patrol_id));
create policy district on core.patrol_plan for select to ld_console
  using (district_id = (select core.my_district()));

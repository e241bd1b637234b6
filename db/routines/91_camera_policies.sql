-- Row security of cameras. core.cameras_of() says the same for functions; tests hold the two together.

create policy all_cameras on core.camera for select to ld_scope_all using (true);
create policy town_cameras on core.camera for select to ld_scope_town using (p_town = (select core.my_town()));
create policy area_cameras on core.camera for select to ld_scope_area using (p_area = (select core.my_area()));
create policy dept_cameras on core.camera for select to ld_scope_dept using (o_dept = (select core.my_dept()));
create policy given_cameras on core.camera for select to ld_console using (id in (select core.my_given_cameras()));
create policy duty on core.camera as restrictive for select to ld_console
  using (district_id = (select core.my_district()) and duties && (select core.my_duties()));

create policy district on core.camera_source for select to ld_console
  using (district_id = (select core.my_district()));
-- Seen only beside a camera that is seen.
create policy district on core.camera_status for select to ld_console
  using (district_id = (select core.my_district()));

-- Who looked through cameras is for those who answer for it, at the centre.
create policy registers on audit.camera_view for select to ld_supervisor, ld_inspector, ld_leader, ld_admin
  using (district_id = (select core.my_district())
    and (ticket_id is null or core.sees(district_id, ticket_id)));
create policy centre on audit.camera_view as restrictive for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (false);

-- Groups one may use, and what they hold; their members are shown as far as the cameras are.
create policy mine on core.camera_group for select to ld_console
  using (district_id = (select core.my_district()) and id in (select core.my_groups()));
create policy mine on core.camera_group_member for select to ld_console
  using (district_id = (select core.my_district()) and group_id in (select core.my_groups()));
create policy mine on core.camera_group_unit for select to ld_console
  using (district_id = (select core.my_district()) and group_id in (select core.my_groups()));

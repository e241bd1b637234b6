-- Who reads the register: those who answer for it, at the centre; what it says of a ticket only to whom the
-- ticket is shown, so that nobody finds there what is kept from them.
create policy registers on audit.entry for select to ld_supervisor, ld_inspector, ld_leader, ld_admin
  using ((district_id is null or district_id = (select core.my_district()))
    and (ticket_id is null or core.sees(district_id, ticket_id)));
create policy centre on audit.entry as restrictive for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (false);

-- Anchors say nothing of any ticket; whoever answers for the register may carry them away.
create policy registers on audit.anchor for select to ld_supervisor, ld_inspector, ld_leader, ld_admin
  using ((select core.my_district()) is not null);
create policy centre on audit.anchor as restrictive for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (false);

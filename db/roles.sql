-- Roles of the cluster. Group roles carry the rights; a person's own LOGIN role is a member of
-- ld_console, of one or more duty roles and of one scope role (rows: who may see what).
do $$
declare r text;
begin
  foreach r in array array['ld_owner','ld_console','ld_intake','ld_wall',
    'ld_operator','ld_callback','ld_unit','ld_clerk','ld_supervisor','ld_inspector','ld_leader','ld_admin',
    'ld_scope_all','ld_scope_town','ld_scope_area','ld_scope_dept'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
end $$;

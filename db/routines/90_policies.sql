-- Row security: which rows each kind of person sees. One policy per scope role, plain equality first;
-- what a person has comes from session_user through a sub-select that runs once per query.

-- Every table is closed; the owner, as whom the functions run, passes.
do $$
declare
  v_table regclass;
  v_policy record;
begin
  for v_policy in select p.polname, p.polrelid::regclass as tab from pg_policy p
                  join pg_class c on c.oid = p.polrelid where c.relnamespace in ('core'::regnamespace, 'audit'::regnamespace) loop
    execute format('drop policy %I on %s', v_policy.polname, v_policy.tab);
  end loop;
  for v_table in select c.oid::regclass from pg_class c
                 where c.relkind in ('r', 'p') and c.relnamespace in ('core'::regnamespace, 'audit'::regnamespace) loop
    execute format('alter table %s enable row level security, force row level security', v_table);
    execute format('create policy owner on %s to ld_owner using (true) with check (true)', v_table);
  end loop;
end $$;

-- Tickets. core.may_see() says the same for functions; tests hold the two together.
create policy all_tickets on core.ticket for select to ld_scope_all
  using (district_id = (select core.my_district()));
create policy town_tickets on core.ticket for select to ld_scope_town
  using (p_town = (select core.my_town()) or h_town = (select core.my_town())
    or exists (select from core.guest g where g.district_id = ticket.district_id and g.ticket_id = ticket.id));
create policy area_tickets on core.ticket for select to ld_scope_area
  using (p_area = (select core.my_area()) or h_area = (select core.my_area())
    or exists (select from core.guest g where g.district_id = ticket.district_id and g.ticket_id = ticket.id));
create policy dept_tickets on core.ticket for select to ld_scope_dept
  using (h_dept = (select core.my_dept())
    or exists (select from core.guest g where g.district_id = ticket.district_id and g.ticket_id = ticket.id));

-- Kept off (R902, R903): by name wherever one sits; units by their own and the units above; the unit above an accused
-- one unless it was given the ticket. The rows of core.barred a person reads are those about him.
create policy person on core.barred for select to ld_console using (login = session_user);
create policy line on core.barred for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (unit_id = any ((select core.my_line())::integer[]));
create policy branch on core.barred for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (unit_id = any ((select core.my_branch())::integer[]));
create policy barred_person on core.ticket as restrictive for select to ld_scope_all
  using (not exists (select from core.barred b where b.district_id = ticket.district_id and b.ticket_id = ticket.id));
create policy barred_unit on core.ticket as restrictive for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (not exists (select from core.barred b where b.district_id = ticket.district_id and b.ticket_id = ticket.id)
    or handler_unit_id = (select core.my_unit())
      and not exists (select from core.barred b where b.district_id = ticket.district_id and b.ticket_id = ticket.id
                      and (b.login is not null or b.unit_id <> all ((select core.my_branch())::integer[]))));

-- Asked before the first row of each partition; see 60_views.sql.
create policy unwatched on core.ticket as restrictive for select to ld_console using ((select true from pg_catalog.pg_namespace n where n.oid = core.unwatched()));
create policy unwatched on core.event as restrictive for select to ld_console using ((select true from pg_catalog.pg_namespace n where n.oid = core.unwatched()));

create policy town_guests on core.guest for select to ld_scope_town using (h_town = (select core.my_town()));
create policy area_guests on core.guest for select to ld_scope_area using (h_area = (select core.my_area()));
create policy dept_guests on core.guest for select to ld_scope_dept using (h_dept = (select core.my_dept()));
-- Else whoever had a ticket reads here that it is kept from him since. A handler sees it by its own columns.
create policy barred on core.guest as restrictive for select to ld_scope_town, ld_scope_area, ld_scope_dept
  using (not exists (select from core.barred b where b.district_id = guest.district_id and b.ticket_id = guest.ticket_id));

-- What belongs to a ticket is seen with it.
do $$
declare
  v_table text;
begin
  foreach v_table in array '{core.event,core.custody,core.attachment,core.presence,core.claim,audit.due_change}'::text[] loop
    execute format('create policy with_ticket on %s as permissive for select to ld_console
      using (core.sees(district_id, ticket_id))', v_table);
  end loop;
end $$;

-- The directory of one's own district; lists that all districts share.
do $$
declare
  v_table text;
begin
  foreach v_table in array '{territory_level,territory,unit,grid_worker,staff,category,source,responsibility,setting}'::text[] loop
    execute format('create policy district on core.%I for select to ld_console
      using (district_id = (select core.my_district()))', v_table);
  end loop;
  foreach v_table in array '{field10,kind,channel,reason,state,action,transition,workday}'::text[] loop
    execute format('create policy shared on core.%I for select to ld_console
      using ((select core.my_district()) is not null)', v_table);
  end loop;
end $$;

create policy own_or_shared on core.saved_view for select to ld_console
  using (district_id = (select core.my_district()) and (owner is null or owner = session_user));

-- Who looked at identities is for those who answer for it.
create policy registers on audit.reveal for select to ld_supervisor, ld_inspector, ld_leader, ld_admin
  using (district_id = (select core.my_district())
    and core.sees(district_id, ticket_id));

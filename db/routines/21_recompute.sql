-- Due moments that a new notice, a setting or a policy moves: logged per clock, an event per ticket (R214).

-- Give one ticket new clock basis (may be empty) and new times; false when nothing moves. Red before stays red:
-- core.append_event stamps red_since from the row as it was.
create or replace function core.recompute_ticket(t core.ticket, p_basis jsonb, p_cause text) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  fresh record;
begin
  select * into fresh from core.clock_times(core.apply_facts(t, p_basis));
  if p_basis = '{}' and (t.contact_due_at, t.answer_due_at, t.due_at, t.yellow_at, t.red_at, t.due_provisional)
     is not distinct from (fresh.contact_due_at, fresh.answer_due_at, fresh.due_at, fresh.yellow_at, fresh.red_at,
                           fresh.due_provisional) then
    return false;
  end if;
  insert into audit.due_change (cause, district_id, ticket_id, clock, old_due_at, new_due_at)
  select p_cause, t.district_id, t.id, c.clock, c.old_due_at, c.new_due_at
  from (values ('contact', t.contact_due_at, fresh.contact_due_at),
               ('answer', t.answer_due_at, fresh.answer_due_at)) c(clock, old_due_at, new_due_at)
  where c.old_due_at is distinct from c.new_due_at;

  perform core.append_event(t, 'recompute', 'R214', core.actor(), clock_timestamp(), t.state,
    jsonb_build_object('cause', p_cause,
      'contact_due_at', jsonb_build_array(t.contact_due_at, fresh.contact_due_at),
      'answer_due_at', jsonb_build_array(t.answer_due_at, fresh.answer_due_at)),
    p_basis, null);
  return true;
end $$;

-- Recompute every open ticket; the rows are the due moments that move, with p_dry_run only shown.
create or replace function core.recompute_open(p_cause text, p_dry_run boolean)
returns table (district_id smallint, ticket_id bigint, number text, clock text, old_due_at timestamptz, new_due_at timestamptz)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket;
  moved record;
begin
  if not p_dry_run then  -- in one order, so that two recomputations cannot wait for each other
    perform from core.ticket k where k.is_open order by k.district_id, k.id for update;
  end if;
  for moved in
    select k as before, c.*
    from core.ticket k cross join lateral core.clock_times(k) c
    where k.is_open
      and (k.contact_due_at, k.answer_due_at, k.due_at, k.yellow_at, k.red_at, k.due_provisional)
          is distinct from (c.contact_due_at, c.answer_due_at, c.due_at, c.yellow_at, c.red_at, c.due_provisional)
    order by k.district_id, k.id
  loop
    t := moved.before;
    if not p_dry_run then
      perform core.recompute_ticket(t, '{}', p_cause);
    end if;
    return query
      select t.district_id, t.id, t.number, x.clock, x.old_due_at, x.new_due_at
      from (values ('contact', t.contact_due_at, moved.contact_due_at),
                   ('answer', t.answer_due_at, moved.answer_due_at)) x(clock, old_due_at, new_due_at)
      where x.old_due_at is distinct from x.new_due_at;
  end loop;
end $$;

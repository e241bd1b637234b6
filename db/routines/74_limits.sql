-- What one login may keep here, whatever program it uses and however many sessions it has. Each statement that adds
-- is counted after it; sessions of the same login wait for one another, or each would see only its own rows.

create or replace function core.alone(p_login name) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(731507, hashtext(p_login))
$$;

-- Coming to a ticket and beginning or ceasing to type is news for everybody who sees it. A thousand times in ten
-- minutes is far more than a person does; going is not counted, for who goes has come. The count is of rows, so what
-- is rolled back told nobody anything.
create or replace function core.tell_presence(p_login name, p_told bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_told integer;
begin
  perform core.alone(p_login);
  insert into core.presence_news as n values (p_login, clock_timestamp(), p_told)
    on conflict (login) do update set
      told = excluded.told + case when n.since > excluded.since - interval '10 minutes' then n.told else 0 end,
      since = case when n.since > excluded.since - interval '10 minutes' then n.since else excluded.since end
    returning told into v_told;
  if v_told > 1000 then
    perform core.refuse('presence_often', '{"most": 1000}');
  end if;
end $$;

create or replace function core.tg_presence__typing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.tell_presence(n.login, count(*))
    from new_rows n join old_rows o using (login, desk, ticket_id) where n.typing <> o.typing group by n.login;
  return null;
end $$;
create or replace trigger _600_typing after update on core.presence
  referencing old table as old_rows new table as new_rows for each statement execute function core.tg_presence__typing();

-- A console has at most a hundred tickets open (api.attend), and a person may sit at a few consoles. Rows of consoles
-- that fell silent are nobody's presence any more and make room.
create or replace function core.tg_presence__limit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_login name;
  v_came bigint;
begin
  for v_login, v_came in select n.login, count(*) from new_rows n group by n.login loop
    perform core.tell_presence(v_login, v_came);
    if (select count(*) from core.presence p where p.login = v_login) > 300 then
      delete from core.presence p where p.login = v_login and not core.is_alive(p.at);
      if (select count(*) from core.presence p where p.login = v_login) > 300 then
        perform core.refuse('presence_many', '{"most": 300}');
      end if;
    end if;
  end loop;
  return null;
end $$;
create or replace trigger _600_limit after insert on core.presence
  referencing new table as new_rows for each statement execute function core.tg_presence__limit();

-- A hundred views of one's own, and as many that a district shares.
create or replace function core.tg_saved_view__limit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.alone(coalesce(new.owner, 'district ' || new.district_id));
  if (select count(*) from core.saved_view v
      where v.district_id = new.district_id and v.owner is not distinct from new.owner) > 100 then
    perform core.refuse('views_many', '{"most": 100}');
  end if;
  return null;
end $$;
create or replace trigger _600_limit after insert or update of owner, district_id on core.saved_view
  for each row execute function core.tg_saved_view__limit();

-- The register takes what one person does in an hour; a loop that would bury the others' rows it does not take.
create or replace function core.check_register(p_kind text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform core.alone(session_user);
  if (select count(*) from audit.entry e
      where e.district_id = core.my_district() and e.login = session_user and e.kind = p_kind
        and e.at > clock_timestamp() - interval '1 hour') >= 500 then
    perform core.refuse('register_many', '{"most": 500}');
  end if;
end $$;

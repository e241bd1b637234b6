-- Claims: "I take this". What a claim means for the others; taking and letting go is in 72_claim.sql.

create or replace function core.is_alive(p_at timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_at > clock_timestamp() - interval '90 seconds'
$$;

-- The living claim a colleague of the same unit has on the ticket; a null row when there is none.
create or replace function core.claim_against(t core.ticket, p_actor core.staff) returns core.claim
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  c core.claim;
begin
  select * into c from core.claim k
  where k.district_id = t.district_id and k.ticket_id = t.id and k.unit_id = p_actor.unit_id
    and k.login <> p_actor.login and core.is_alive(k.at);
  return c;
end $$;

-- What is said to whom a claim stops: who, since when, and until when if the desk falls silent.
create or replace function core.claim_detail(c core.claim) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('login', c.login, 'since', c.since, 'until', c.at + interval '90 seconds',
    'by', coalesce((select s.name from core.staff s where s.login = c.login), c.login))
$$;

-- Time itself (the duty system) waits for nobody.
create or replace function core.is_claimed(p_action text, t core.ticket, p_actor core.staff) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (core.claim_against(t, p_actor)).login is not null and not 'system' = any (p_actor.duties)
    and not exists (select from core.action a where a.code = p_action and a.free);
end $$;

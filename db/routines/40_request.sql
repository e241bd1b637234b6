-- Request keys: one intention, one outcome, however often it is sent.

-- Claim the key. A null row: go on. A row: it was done before, here is what came of it.
-- A second session with the same key waits on the unique index until the first is through.
create or replace function core.claim_request(
  p_key uuid, p_login name, p_ticket bigint, p_action text, p_payload jsonb)
returns core.request language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  meant bytea := sha256(convert_to(jsonb_build_array(p_ticket, p_action, p_payload)::text, 'UTF8'));
  known core.request;
begin
  if p_key is null then
    return null;
  end if;
  insert into core.request (key, login, action, intention, ticket_id)
  values (p_key, p_login, p_action, meant, p_ticket) on conflict do nothing;
  if found then
    return null;
  end if;
  select * into known from core.request where key = p_key;
  if known.login <> p_login or known.intention <> meant then
    perform core.refuse('request_key_reused', p_state => 'LD005');
  end if;
  return known;
end $$;

create or replace function core.settle_request(p_key uuid, p_ticket bigint, p_seq int) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  update core.request set ticket_id = p_ticket, event_seq = p_seq where key = p_key
$$;

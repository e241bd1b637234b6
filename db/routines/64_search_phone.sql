-- Tickets by the end of the caller's number, as it stands on a slip of paper. Whoever finds a ticket so has learnt
-- digits that are masked elsewhere: it is a reveal, only for the desks of the centre, written into the register and
-- limited, or ten thousand tries would unmask everybody. Callers who asked for secrecy are not found. As with
-- api.reveal: the first call only writes the row, and for a minute another transaction finds by it. Else whoever has
-- psql would roll row and limit back.
create function api.search_phone(p_digits text) returns setof api.tickets
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_digits constant text := regexp_replace(coalesce(p_digits, ''), '\D', '', 'g');
  v_key text;
begin
  perform core.my_unit();
  if not (core.myself()).on_duty then
    perform core.refuse('off_duty');
  elsif not core.has_duty('operator', 'callback', 'supervisor') then
    perform core.refuse('reveal', p_state => '42501');
  end if;
  if length(v_digits) not between 4 and 20 then
    perform core.bad_payload('phone', 'at least 4 digits');
  end if;
  v_key := encode(core.phone_hash(v_digits), 'hex');
  if exists (select from audit.entry e
             where e.district_id = core.my_district() and e.at > clock_timestamp() - interval '1 minute' and e.at < now()
               and e.login = session_user and e.kind = 'phone_search' and e.detail ->> 'key' = v_key) then
    return query select t.* from api.tickets t where t.id = any (core.tickets_of_phone(v_digits))
                 order by t.created_at desc, t.id desc;
    return;
  end if;
  perform pg_advisory_xact_lock(731504, hashtext(session_user));  -- or many at once would pass the limit
  if (select count(*) from audit.entry e
      where e.district_id = core.my_district() and e.at > clock_timestamp() - interval '1 hour'
        and e.login = session_user and e.kind = 'phone_search') >= 30 then
    perform core.refuse('phone_searches');
  end if;
  -- Not how many were found: whoever reads the register would learn that some are kept from him.
  perform core.audit('phone_search', '', jsonb_build_object('end', right(v_digits, 4), 'digits', length(v_digits), 'key', v_key));
end $$;

-- The newest tickets I may see whose caller's number ends so.
create or replace function core.tickets_of_phone(p_digits text) returns bigint[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(
    select k.id from core.caller c join core.ticket k on k.district_id = c.district_id and k.id = c.ticket_id
    where reverse(regexp_replace(c.phone, '\D', '', 'g')) like reverse(p_digits) || '%'
      and not k.caller_secret and core.may_see(k)
    order by k.created_at desc, k.id desc limit 50)
$$;
revoke all on function api.search_phone(text) from public;
grant execute on function api.search_phone(text) to ld_operator, ld_callback, ld_supervisor;

-- Nobody is told how many rows the server looked at: EXPLAIN ANALYZE counts those that are kept from him. PostgreSQL
-- cannot forbid EXPLAIN, so what shows tickets (60_views.sql) refuses to run under it. What is looked at is the client's
-- statement, also while a function runs its own. An EXPLAIN prepared or bound by the protocol runs under the words
-- EXECUTE, FETCH and MOVE as well, and a call by the protocol under no words at all.
-- Asked by every query: no SET, all names with their schema, no backslash, and nothing of ours called.
create or replace function core.unwatched() returns boolean
language plpgsql stable as $$
begin
  if pg_catalog.current_query() collate pg_catalog."C"
       operator(pg_catalog.~*) '[[:<:]](explain|execute|fetch|move)[[:>:]]' is not false
     and not pg_catalog.pg_has_role(session_user, 'ld_owner', 'member') then
    raise exception using errcode = '42501', constraint = 'watched',
      message = 'Tickets are read by plain statements, without the words EXPLAIN, EXECUTE, FETCH and MOVE.';
  end if;
  return true;
end $$;

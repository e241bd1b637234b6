-- Nobody is told how many rows the server has or looked at: an EXPLAIN counts, and without ANALYZE guesses, with those
-- that are kept from him. PostgreSQL cannot forbid it, so what shows tickets (60_views.sql) refuses to be planned, and to
-- run, under it. What is looked at is the client's statement, also while a function runs its own. An EXPLAIN prepared or
-- bound by the protocol runs under the words EXECUTE, FETCH and MOVE as well, and a call by the protocol under no words at
-- all; debug_print_plan tells the guesses without any.
-- Asked by every query, so: no SET, all names with their schema, no backslash, and nothing of ours called. The answer is
-- the oid of pg_catalog: as `n.oid = core.unwatched()` over pg_namespace it is asked by the planner, who wants to know how
-- many rows that will be, and once more when the query begins.
drop function if exists core.unwatched() cascade;
create function core.unwatched() returns oid
language plpgsql stable as $$
begin
  if (pg_catalog.current_query() collate pg_catalog."C"
        operator(pg_catalog.~*) '[[:<:]](explain|execute|fetch|move)[[:>:]]' is not false
      or pg_catalog.current_setting('debug_print_plan') operator(pg_catalog.=) 'on')
     and not pg_catalog.pg_has_role(session_user, 'ld_owner', 'member') then
    raise exception using errcode = '42501', constraint = 'watched',
      message = 'Tickets are read by plain statements: no EXPLAIN, EXECUTE, FETCH or MOVE in them, no debug_print_plan.';
  end if;
  return 11;
end $$;

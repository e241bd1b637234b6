-- standard_conforming_strings is everybody's to switch off, and a session's text of a function is read by it: '\D'
-- would then mean the letter D, and a search for digits would take wildcards. Functions with a backslash say it
-- themselves.
do $$
declare
  v_function regprocedure;
begin
  for v_function in
    select p.oid from pg_proc p
    where p.pronamespace in ('core'::regnamespace, 'audit'::regnamespace, 'api'::regnamespace)
      and p.prosrc like '%\\%'
  loop
    execute format('alter function %s set standard_conforming_strings = on', v_function);
  end loop;
end $$;

-- Names, codes and reasons say what they show: no marks that turn the writing, no control and no unseen characters.
-- Checks, because whoever owns the database writes past the functions. Existing names lose such marks; registers are
-- never rewritten, so theirs are checked from now on.

do $$
declare
  v_marks constant text := '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]';
  v_turning constant text := '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]';
  c record;
begin
  for c in
    select t.tab, unnest(t.columns) as col
    from (values
      ('district', '{code,name_zh,name_en,centre_zh,centre_en}'::text[]),
      ('territory_level', '{name_zh,name_en}'),
      ('territory', '{code,name}'),
      ('unit', '{code,name,short_name,phone,head,deputy,liaison}'),
      ('grid_worker', '{name,phone,department}'),
      ('duty', '{code,name_zh,name_en}'),
      ('staff', '{login,name,phone}'),
      ('workday', '{name,notice}'),
      ('field10', '{code,name_zh,name_en}'),
      ('category', '{code,name_zh,name_en}'),
      ('kind', '{code,name_zh,name_en}'),
      ('channel', '{code,name_zh,name_en}'),
      ('source', '{code,name_zh,name_en}'),
      ('reason', '{list,code,name_zh,name_en,basis}'),
      ('state', '{code,name_zh,name_en}'),
      ('action', '{code,name_zh,name_en}'),
      ('camera_source', '{name_zh,name_en}'),
      ('gateway', '{name}'),
      ('camera', '{name}'),
      ('camera_group', '{name,risk_area}'),
      ('saved_view', '{name}')) t(tab, columns)
  loop
    if c.col <> 'login' then  -- what names a role cannot change here
      execute format('update core.%1$I set %2$I = regexp_replace(%2$I, %3$L, '''', ''g'') where %2$I ~ %3$L', c.tab, c.col, v_marks);
    end if;
    execute format('alter table core.%1$I add constraint %3$I check (%2$I !~ %4$L)', c.tab, c.col,
                   c.tab || '_' || c.col || '_plain_check', v_marks);
  end loop;
  for c in
    select * from (values
      ('core', 'withdrawal', 'reason'), ('core', 'custody', 'basis'), ('core', 'sla_policy', 'basis'),
      ('core', 'responsibility', 'basis'), ('core', 'footage', 'reason'), ('audit', 'camera_view', 'reason'),
      ('core', 'footage', 'served_reason'), ('core', 'setting', 'note'), ('core', 'attachment', 'name'),
      ('audit', 'reveal', 'reason'), ('audit', 'entry', 'reason'), ('audit', 'entry', 'subject'),
      ('audit', 'setting_change', 'reason'), ('audit', 'setting_change', 'what')) t(sch, tab, col)
  loop
    execute format('alter table %I.%I add constraint %I check (%I !~ %L) not valid', c.sch, c.tab,
                   c.tab || '_' || c.col || '_plain_check', c.col, v_turning);
  end loop;
end $$;

-- A view is a filter and a name, as the function that saves it says; nobody keeps a library in it.
alter table core.saved_view add constraint saved_view_filter_size_check check (length(filter::text) <= 20000) not valid;

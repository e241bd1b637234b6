-- The register is read in pages, by kind and by person; reveals by day.

drop index audit.entry_at_idx;
create index entry_at_idx on audit.entry (district_id, at desc, id desc);
create index entry_kind_idx on audit.entry (district_id, kind, at desc, id desc);
create index entry_login_idx on audit.entry (district_id, login, at desc, id desc);
create index reveal_at_idx on audit.reveal (district_id, at);

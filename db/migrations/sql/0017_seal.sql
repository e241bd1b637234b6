-- The next seal looks only at what was recorded since the last one. Both tables grow at their end alone, so a summary
-- of each stretch of pages finds that, however long history is.

alter table audit.anchor add column reach timestamptz;
comment on column audit.anchor.reach is 'All that was recorded before is sealed by this anchor or an older one; null: not known.';
create index event_recorded_idx on core.event using brin (recorded_at);
create index entry_recorded_idx on audit.entry using brin (at);

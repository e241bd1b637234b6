-- What makes the seal over a caller's identity unguessable to whoever reads the event that carries it.
alter table core.caller add column salt bytea;
comment on column core.caller.salt is 'Null in rows from before there were seals.';

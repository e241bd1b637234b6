-- What a person's login needs beside the person: a first password to be changed, and whether they work just now.
-- Rules R908 and R915: least privilege, tiered access.

alter table core.staff
  add column must_change boolean not null default false,
  add column on_duty     boolean not null default true;
comment on column core.staff.must_change is
  'Somebody else knows the password: until it is changed, api.me and api.change_password are all that answers.';
comment on column core.staff.on_duty is 'Off duty a person may look and not act.';

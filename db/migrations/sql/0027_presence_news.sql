-- How much a person's coming and typing told others since a moment; losing it in a crash loses nothing.
create unlogged table core.presence_news (
  login name primary key,
  since timestamptz not null,
  told  integer not null
);

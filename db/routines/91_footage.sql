-- A kept picture is seen with its ticket; one without by whoever kept it, and by who answers for the register. Its
-- rows are read through functions; this is for api.attachments, which says which file is of which picture.
create policy with_ticket on core.footage for select to ld_console
  using (case when ticket_id is null then kept_by = session_user else core.sees(district_id, ticket_id) end);

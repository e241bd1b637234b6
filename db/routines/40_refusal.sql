-- How the machine says no: one way, with a code the console translates.

create or replace function core.refuse(p_code text, p_detail jsonb default '{}', p_state text default 'LD001')
returns void language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = p_state, constraint = p_code, message = core.refusal_sentence(p_code),
    detail = p_detail::text;
end $$;

-- A ticket that is kept from somebody takes longer to find out about than none: both answers come a whole number of
-- steps after the question began, p_steps at least. Not by pg_sleep, which counts milliseconds from when it is called.
create or replace function core.wait_out(p_began timestamptz, p_steps integer default 1) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_step constant interval := '5 milliseconds';
  v_until constant timestamptz := p_began + v_step * greatest(
    p_steps, ceil(extract(epoch from clock_timestamp() - p_began) / extract(epoch from v_step))::integer);
begin
  while clock_timestamp() < v_until loop
  end loop;
end $$;

create or replace function core.bad_payload(p_field text, p_problem text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = 'LD003', constraint = 'bad_payload',
    message = format('The field %s is not acceptable: %s.', p_field, p_problem),
    detail = jsonb_build_object('field', p_field, 'problem', p_problem)::text;
end $$;

create or replace function core.refusal_sentence(p_code text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_code
    when 'calendar_ends' then 'The calendar does not reach that far; load the notices of the coming years.'
    when 'no_worker' then 'Nobody in this district has the duty system.'
    when 'not_staff' then 'This login belongs to nobody who works here now.'
    when 'password_must_change' then 'Choose a password of your own first.'
    when 'off_duty' then 'You are off duty; you may look and not act.'
    when 'duty_missing' then 'None of your duties may do this.'
    when 'source_foreign' then 'This login may not report for this source.'
    when 'no_such_ticket' then 'There is no such ticket for you.'
    when 'version_conflict' then 'Somebody changed the ticket in the meantime.'
    when 'request_key_reused' then 'The same entry was sent before with other contents.'
    when 'wrong_state' then 'The ticket is not in a state that allows this.'
    when 'time_goes_back' then 'The ticket already has a later event.'
    when 'withdrawn' then 'You have withdrawn from this ticket.'
    when 'withdraw_self' then 'Only a supervisor, inspector or leader may withdraw somebody else.'
    when 'holds_ticket' then 'Your unit does not hold this ticket.'
    when 'assists_ticket' then 'Your unit does not assist with this ticket.'
    when 'not_designated' then 'A designated unit may not return the ticket.'
    when 'return_limit' then 'The time for returning the ticket has passed.'
    when 'misdirected' then 'An operator may accept a return only when the ticket was misdirected.'
    when 'unit_takes_tickets' then 'This unit does not take tickets.'
    when 'accused_unit' then 'The unit complained about may not receive or assist with the ticket.'
    when 'community_list' then 'This category is not on the list of what a community may be sent.'
    when 'unit_below_handler' then 'A ticket is handed down only to a unit below its handler.'
    when 'handler_has_town' then 'The handling unit has no town above it.'
    when 'handler_is_town' then 'Only a town hands a ticket up to the centre.'
    when 'parent_accused' then 'The unit above is the unit complained about.'
    when 'assist_not_handler' then 'The handling unit cannot assist itself.'
    when 'coordinator_known' then 'The ticket has no place whose coordinator is known.'
    when 'coordinator_accused' then 'The coordinator of the place is the unit complained about.'
    when 'main_open' then 'The main ticket must be another open ticket that is not merged itself.'
    when 'main_with_accused' then 'The main ticket is with the unit complained about.'
    when 'accused_self' then 'The complaint is about you: hand the caller to a colleague.'
    when 'not_a_main' then 'Other tickets are merged into this one.'
    when 'file_complete' then 'Parts of the history of the ticket are missing.'
    when 'main_answered' then 'The main ticket is not answered yet.'
    when 'nothing_pending' then 'A request is already pending.'
    when 'pending_refusal' then 'No refusal is proposed.'
    when 'pending_extension' then 'No extension is asked for.'
    when 'pending_hold' then 'No hold is asked for.'
    when 'pending_redo' then 'No redo is proposed.'
    when 'before_due' then 'The due moment has passed.'
    when 'not_answered' then 'The caller has been answered already.'
    when 'extension_short' then 'A second or long extension is for the centre leader.'
    when 'extension_long' then 'A first, short extension is for the shift supervisor.'
    when 'review_day_come' then 'The review day of the hold has not come.'
    when 'complex_or_extended' then 'Only a complex or extended ticket may be answered by a progress report.'
    when 'contacted' then 'The contact with the caller is not recorded.'
    when 'callback_required' then 'No callback is required.'
    when 'callback_not_required' then 'A callback is required.'
    when 'has_end_code' then 'No end of handling is proposed.'
    when 'no_end_code' then 'An end of handling is proposed.'
    when 'attempts_made' then 'Too few callback attempts were made.'
    when 'something_amended' then 'Nothing is amended.'
    when 'claimed' then 'A colleague has taken this ticket.'
    when 'not_claimed' then 'Nobody of your unit has taken this ticket.'
    when 'take_over' then 'Only a supervisor or leader may take a ticket from a colleague.'
    when 'claims_many' then 'You have taken as many tickets as one person may.'
    when 'not_in_bulk' then 'This is done with one ticket at a time.'
    when 'no_suggestion' then 'The directory names no unit for this ticket.'
    when 'no_such_view' then 'There is no such view of yours.'
    when 'view_name_taken' then 'There is a view with this name already.'
    when 'views_many' then 'There are as many views as may be kept.'
    when 'presence_many' then 'You have more tickets open than one person may.'
    when 'presence_often' then 'You came to tickets or began typing 1000 times within ten minutes; go on a little later.'
    when 'register_many' then 'This was done 500 times within an hour; try again later.'
    when 'shared_view' then 'Shared views are kept by supervisors, leaders and administrators.'
    when 'oversight' then 'Only who answers for the register at the centre may look it over.'
    when 'no_camera_view' then 'The register has no such view of yours.'
    when 'camera_view_old' then 'The view ended more than a day ago.'
    when 'no_such_footage' then 'There is no such picture for you.'
    when 'footage_purged' then 'The picture was deleted when its retention ended; its digest is kept.'
    when 'footage_unregistered' then 'Say first in the register that you look at this picture.'
    when 'footage_not_shielded' then 'Only a copy with shielded faces, plates and names may be published.'
    when 'original_settled' then 'The original recording has been asked for or settled already.'
    when 'original_overwritten' then 'The source system has overwritten the recording.'
    when 'reveal' then 'Only the desks of the centre and the handling unit may see who called.'
    when 'phone_searches' then 'Thirty searches by telephone number within an hour are enough; try again later.'
    when 'caller_lookups' then 'Two hundred callers looked up within an hour are enough; try again later.'
    when 'search_too_broad' then 'The search takes too long; add a word, or limit it by unit, place or time.'
    when 'caller_secret' then 'The caller asked that the unit must not learn who called.'
    when 'no_such_camera' then 'There is no such camera for you.'
    when 'camera_inactive' then 'This camera is not in service.'
    when 'camera_no_address' then 'The gateway of this camera is not set up.'
    when 'camera_views_many' then 'You have as many pictures open as one person may.'
    when 'camera_view_over' then 'This view is over; open the camera again.'
    when 'no_sweeper' then 'Another session sweeps the cameras; take the office first.'
    when 'no_such_sweep' then 'There is no such sweep going on.'
    when 'ptz_none' then 'This camera cannot be steered.'
    when 'ptz_taken' then 'Somebody else is steering this camera.'
    when 'ptz_over' then 'You do not steer this camera any more; take it again.'
    when 'forbidden_place' then 'The law allows no camera in such a place.'
    when 'group_name_taken' then 'There is a group of cameras with this name already.'
    when 'groups_many' then 'A hundred groups of cameras are enough for one person.'
    when 'shared_group' then 'Shared groups of cameras are kept by supervisors and administrators of the centre.'
    when 'no_such_group' then 'There is no such group of cameras for you.'
    when 'no_such_patrol' then 'There is no such round of yours.'
    when 'patrol_over' then 'This round is over.'
    when 'patrol_plan' then 'Only supervisors, leaders and administrators of the centre plan rounds.'
    when 'report_archived' then 'The ticket of this report is archived; report the new facts under a new number.'
  end
$$;

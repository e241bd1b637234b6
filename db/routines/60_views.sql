-- What a console may select. Row security on the tables below decides which rows; a view here never widens
-- that. security_barrier only where a view itself leaves rows out: elsewhere it would cost the index order.
-- Whatever hangs on a ticket is shown only after core.unwatched() was asked, once and before the first row: asked at the
-- first row it would tell by its refusal that there is one. So its view is one that the planner leaves whole, by a barrier
-- or by an order; of tickets and events, where it asks for each partition anyway, row security does it.

drop view if exists api.tickets, api.events, api.custody, api.attachments, api.callers, api.presence,
  api.territory_levels, api.territories, api.units, api.grid_workers, api.staff, api.field10, api.categories,
  api.kinds, api.channels, api.sources, api.reasons, api.responsibilities, api.states, api.actions,
  api.transitions, api.workdays, api.settings, api.saved_views, api.reveals, api.due_changes, api.my_guests cascade;

create view api.tickets with (security_invoker = true) as
  select t.district_id, t.id, t.number, t.version, t.state, t.is_open, t.pending, t.kind, t.channel, t.source,
         t.external_number, t.track, t.is_urgent, t.is_complex, t.title, t.body, t.category_id, t.domain_id,
         t.place_id, t.p_town, t.p_area, t.p_grid, t.place_text, t.lon, t.lat, t.caller_label, t.caller_secret,
         t.wants_reply, t.handler_unit_id, t.h_town, t.h_area, t.h_dept, t.assist_unit_ids, t.first_unit_id,
         t.accused_unit_id + 0 as accused_unit_id, t.designated, t.leg, t.returns, t.reworks, t.extensions, t.callback_required,
         t.callback_attempts, t.solved, t.satisfaction, t.end_code, t.main_ticket_id, t.follows_ticket_id,
         t.created_at, t.updated_at, t.dispatched_at, t.signed_at, t.contacted_at, t.answered_at, t.closed_at,
         t.archived_at, t.contact_from, t.contact_workdays, t.contact_hours, t.answer_from, t.answer_workdays,
         t.answer_hours, t.answer_fixed_at, t.held, t.hold_review_on, t.contact_due_at, t.answer_due_at, t.due_at,
         t.yellow_at, t.red_at,
         coalesce(t.red_since, case when t.red_at <= now() then t.red_at end) as red_since,
         t.due_provisional, t.asked, t.created_by, (t.accused_login || '')::name as accused_login,
         case when t.red_at is null then '-' when t.red_at <= now() then 'R'
              when t.yellow_at <= now() then 'Y' else 'G' end as light,
         case when t.answered_at is null then
                case when t.is_open and now() >= t.answer_due_at + interval '1 second' then 'missed' else 'none' end
              when t.answer_due_at is null then 'undated'
              when t.answered_at < t.answer_due_at + interval '1 second' then 'on_time' else 'late' end as answer
  from core.ticket t;
comment on view api.tickets is
  'accused: + 0 and || are not leakproof, so neither a plan nor its speed tells how many tickets are about a unit. red_since: once red, red for ever, also between the moment it turns and the next write. light, answer: at this moment.';

create view api.events with (security_invoker = true) as
  select e.district_id, e.ticket_id, e.seq, e.at, e.recorded_at, e.actor, e.unit_id, e.duty, e.action, e.rule,
         e.from_state, e.to_state, e.payload, e.facts, e.prev_hash, e.hash
  from core.event e;

create view api.custody with (security_invoker = true, security_barrier = true) as
  select c.district_id, c.ticket_id, c.leg, c.unit_id, c.role, c.from_at, c.to_at, c.ended_by, c.basis
  from core.custody c
  where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

create view api.attachments with (security_invoker = true, security_barrier = true) as
  select a.id, a.ticket_id, a.name, a.media_type, a.size, a.sha256, a.added_at, a.added_by,
         (select f.id from core.footage f where f.district_id = a.district_id and a.id in (f.original_id, f.burned_id)) as footage_id
  from core.attachment a
  where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());
comment on view api.attachments is 'footage_id: a picture kept from a camera, shown on a row of the register (api.view_footage).';

-- The owner's view: nobody else can read the plain columns, so it applies the rule itself.
create view api.callers with (security_barrier = true) as
  select c.ticket_id,
         case when not t.caller_secret then core.mask_name(c.name) end as name_masked,
         case when not t.caller_secret then core.mask_phone(c.phone) end as phone_masked,
         c.is_anonymous
  from core.caller c
  join core.ticket t on t.district_id = c.district_id and t.id = c.ticket_id
  where core.may_see(t) and (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

create view api.presence with (security_invoker = true, security_barrier = true) as
  select p.ticket_id, p.login, p.desk, p.typing, p.at
  from core.presence p
  where p.at > now() - interval '90 seconds' and (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

-- Tickets I see only because a unit of my scope held or assists them.
create view api.my_guests with (security_invoker = true, security_barrier = true) as
  select g.district_id, g.ticket_id from core.guest g where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

create view api.territory_levels with (security_invoker = true) as
  select l.level, l.name_zh, l.name_en from core.territory_level l;

create view api.territories with (security_invoker = true) as
  select t.id, t.parent_id, t.level, t.kind, t.code, t.name, t.pinyin, t.initials, t.town_id, t.area_id, t.grid_id,
         t.lon, t.lat, t.valid
  from core.territory t;

create view api.units with (security_invoker = true) as
  select u.id, u.parent_id, u.root_id, u.kind, u.territory_id, u.code, u.name, u.short_name, u.pinyin, u.initials,
         u.phone, u.head, u.deputy, u.liaison, u.takes_tickets, u.valid
  from core.unit u;

create view api.grid_workers with (security_invoker = true) as
  select w.id, w.territory_id, w.name, w.phone, w.post, w.department, w.valid from core.grid_worker w;

create view api.staff with (security_invoker = true) as
  select s.login, s.name, s.unit_id, s.duties from core.staff s;

create view api.field10 with (security_invoker = true) as
  select f.code, f.name_zh, f.name_en from core.field10 f;

create view api.categories with (security_invoker = true) as
  select c.id, c.parent_id, c.domain_id, c.level, c.code, c.name_zh, c.name_en, c.pinyin, c.initials, c.field10,
         c.for_community, c.is_emergency, c.valid
  from core.category c;

create view api.kinds with (security_invoker = true) as
  select k.code, k.name_zh, k.name_en, k.rank from core.kind k;

create view api.channels with (security_invoker = true) as
  select c.code, c.name_zh, c.name_en, c.rank from core.channel c;

create view api.sources with (security_invoker = true) as
  select s.code, s.name_zh, s.name_en, s.channel, s.kind, s.is_active from core.source s;

create view api.reasons with (security_invoker = true) as
  select r.list, r.code, r.name_zh, r.name_en, r.basis, r.rank from core.reason r;

create view api.responsibilities with (security_invoker = true) as
  select r.id, r.category_id, r.territory_id, r.lead_unit_id, r.lead_rule, r.assist_unit_ids, r.basis, r.valid
  from core.responsibility r;

create view api.states with (security_invoker = true) as
  select s.code, s.name_zh, s.name_en, s.is_open, s.clock, s.rank from core.state s;

create view api.actions with (security_invoker = true) as
  select a.code, a.name_zh, a.name_en, a.needs, a.rank, a.free, a.bulk, a.inverse from core.action a;

create view api.transitions with (security_invoker = true) as
  select t.id, t.rule, t.action, t.from_state, t.to_state, t.duties, t.guards from core.transition t;

create view api.workdays with (security_invoker = true) as
  select w.day, w.working, w.name, w.notice, w.notice_year, w.provisional, w.wd_no from core.workday w;

create view api.settings with (security_invoker = true) as
  select s.key, s.value, s.note from core.setting s;

create view api.saved_views with (security_invoker = true) as
  select v.id, v.owner, v.name, v.filter, v.rank from core.saved_view v;

create view api.reveals with (security_invoker = true, security_barrier = true) as
  select r.id, r.at, r.login, r.ticket_id, r.reason, r.expires_at from audit.reveal r
  where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

create view api.due_changes with (security_invoker = true, security_barrier = true) as
  select d.id, d.at, d.by_login, d.cause, d.ticket_id, d.clock, d.old_due_at, d.new_due_at from audit.due_change d
  where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched());

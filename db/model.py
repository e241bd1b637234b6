"""The api views as SQLAlchemy tables: what a console may select, by the names the database gives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    Uuid,
)
from sqlalchemy.dialects.postgresql import DATERANGE, JSONB, TSTZMULTIRANGE
from sqlalchemy.types import TypeEngine

metadata = MetaData(schema="api")

AT = DateTime(timezone=True)
CODE: dict[str, type[TypeEngine[Any]]] = {
    "code": Text,
    "name_zh": Text,
    "name_en": Text,
    "rank": SmallInteger,
}


def _view(view: str, /, **columns: TypeEngine[Any] | type[TypeEngine[Any]]) -> Table:
    return Table(view, metadata, *(Column(key, kind) for key, kind in columns.items()))


tickets = _view(
    "tickets",
    district_id=SmallInteger,
    id=BigInteger,
    number=Text,
    version=Integer,
    state=Text,
    is_open=Boolean,
    pending=Text,
    kind=Text,
    channel=Text,
    source=Text,
    external_number=Text,
    track=Text,
    is_urgent=Boolean,
    is_complex=Boolean,
    title=Text,
    body=Text,
    category_id=Integer,
    domain_id=Integer,
    place_id=Integer,
    p_town=Integer,
    p_area=Integer,
    p_grid=Integer,
    place_text=Text,
    lon=Double,
    lat=Double,
    caller_label=Text,
    caller_secret=Boolean,
    wants_reply=Boolean,
    handler_unit_id=Integer,
    h_town=Integer,
    h_area=Integer,
    h_dept=Integer,
    assist_unit_ids=ARRAY(Integer),
    first_unit_id=Integer,
    accused_unit_id=Integer,
    designated=Boolean,
    leg=SmallInteger,
    returns=SmallInteger,
    reworks=SmallInteger,
    extensions=SmallInteger,
    callback_required=Boolean,
    callback_attempts=SmallInteger,
    solved=Boolean,
    satisfaction=Text,
    end_code=Text,
    main_ticket_id=BigInteger,
    follows_ticket_id=BigInteger,
    created_at=AT,
    updated_at=AT,
    dispatched_at=AT,
    signed_at=AT,
    contacted_at=AT,
    answered_at=AT,
    closed_at=AT,
    archived_at=AT,
    contact_from=AT,
    contact_workdays=SmallInteger,
    contact_hours=SmallInteger,
    answer_from=AT,
    answer_workdays=SmallInteger,
    answer_hours=SmallInteger,
    answer_fixed_at=AT,
    held=TSTZMULTIRANGE,
    hold_review_on=Date,
    contact_due_at=AT,
    answer_due_at=AT,
    due_at=AT,
    yellow_at=AT,
    red_at=AT,
    red_since=AT,
    due_provisional=Boolean,
    asked=JSONB,
    created_by=Text,
    accused_login=Text,
    light=Text,
    answer=Text,
)
custody = _view(
    "custody",
    district_id=SmallInteger,
    ticket_id=BigInteger,
    leg=SmallInteger,
    unit_id=Integer,
    role=Text,
    from_at=AT,
    to_at=AT,
    ended_by=Text,
    basis=Text,
)
attachments = _view(
    "attachments",
    id=BigInteger,
    ticket_id=BigInteger,
    name=Text,
    media_type=Text,
    size=Integer,
    sha256=LargeBinary,
    added_at=AT,
    added_by=Text,
    footage_id=BigInteger,
)
callers = _view("callers", ticket_id=BigInteger, name_masked=Text, phone_masked=Text, is_anonymous=Boolean)
presence = _view("presence", ticket_id=BigInteger, login=Text, desk=Uuid, typing=Boolean, at=AT)
claims = _view("claims", ticket_id=BigInteger, unit_id=Integer, login=Text, since=AT, at=AT)
territory_levels = _view("territory_levels", level=SmallInteger, name_zh=Text, name_en=Text)
territories = _view(
    "territories",
    id=Integer,
    parent_id=Integer,
    level=SmallInteger,
    kind=Text,
    code=Text,
    name=Text,
    pinyin=Text,
    initials=Text,
    town_id=Integer,
    area_id=Integer,
    grid_id=Integer,
    lon=Double,
    lat=Double,
    valid=DATERANGE,
)
units = _view(
    "units",
    id=Integer,
    parent_id=Integer,
    root_id=Integer,
    kind=Text,
    territory_id=Integer,
    code=Text,
    name=Text,
    short_name=Text,
    pinyin=Text,
    initials=Text,
    phone=Text,
    head=Text,
    deputy=Text,
    liaison=Text,
    takes_tickets=Boolean,
    valid=DATERANGE,
)
grid_workers = _view(
    "grid_workers",
    id=Integer,
    territory_id=Integer,
    name=Text,
    phone=Text,
    post=Text,
    department=Text,
    valid=DATERANGE,
)
staff = _view("staff", login=Text, name=Text, unit_id=Integer, duties=ARRAY(Text))
field10 = _view("field10", code=Text, name_zh=Text, name_en=Text)
categories = _view(
    "categories",
    id=Integer,
    parent_id=Integer,
    domain_id=Integer,
    level=SmallInteger,
    code=Text,
    name_zh=Text,
    name_en=Text,
    pinyin=Text,
    initials=Text,
    field10=Text,
    for_community=Boolean,
    is_emergency=Boolean,
    valid=DATERANGE,
)
kinds = _view("kinds", **CODE)
channels = _view("channels", **CODE)
sources = _view("sources", code=Text, name_zh=Text, name_en=Text, channel=Text, kind=Text, is_active=Boolean)
reasons = _view("reasons", list=Text, code=Text, name_zh=Text, name_en=Text, basis=Text, rank=SmallInteger)
responsibilities = _view(
    "responsibilities",
    id=Integer,
    category_id=Integer,
    territory_id=Integer,
    lead_unit_id=Integer,
    lead_rule=Text,
    assist_unit_ids=ARRAY(Integer),
    basis=Text,
    valid=DATERANGE,
)
states = _view(
    "states", code=Text, name_zh=Text, name_en=Text, is_open=Boolean, clock=Text, rank=SmallInteger
)
actions = _view("actions", **CODE, needs=JSONB, free=Boolean, bulk=Boolean, inverse=Text)
transitions = _view(
    "transitions",
    id=Integer,
    rule=Text,
    action=Text,
    from_state=Text,
    to_state=Text,
    duties=ARRAY(Text),
    guards=ARRAY(Text),
)
workdays = _view(
    "workdays",
    day=Date,
    working=Boolean,
    name=Text,
    notice=Text,
    notice_year=Integer,
    provisional=Boolean,
    wd_no=Integer,
)
settings = _view("settings", key=Text, value=JSONB, note=Text)
saved_views = _view("saved_views", id=Integer, owner=Text, name=Text, filter=JSONB, rank=SmallInteger)
reveals = _view("reveals", id=BigInteger, at=AT, login=Text, ticket_id=BigInteger, reason=Text, expires_at=AT)
due_changes = _view(
    "due_changes",
    id=BigInteger,
    at=AT,
    by_login=Text,
    cause=Text,
    ticket_id=BigInteger,
    clock=Text,
    old_due_at=AT,
    new_due_at=AT,
)
audit_entries = _view(
    "audit_entries",
    id=BigInteger,
    at=AT,
    kind=Text,
    login=Text,
    subject=Text,
    ticket_id=BigInteger,
    number=Text,
    reason=Text,
    detail=JSONB,
    address=Text,
    district_id=SmallInteger,
    title=Text,
    caller_label=Text,
)
anchors = _view("anchors", id=Integer, at=AT, links=Integer, hash=LargeBinary)
camera_sources = _view("camera_sources", **CODE)
cameras = _view(
    "cameras",
    district_id=SmallInteger,
    id=Integer,
    code=Text,
    national_code=Text,
    name=Text,
    pinyin=Text,
    initials=Text,
    source=Text,
    purpose=Text,
    place_kind=Text,
    territory_id=Integer,
    p_town=Integer,
    p_area=Integer,
    p_grid=Integer,
    lon=Double,
    lat=Double,
    bearing_deg=SmallInteger,
    has_ptz=Boolean,
    owner_unit_id=Integer,
    retention_days=SmallInteger,
    duties=ARRAY(Text),
    is_active=Boolean,
    valid=DATERANGE,
    is_demo=Boolean,
    status=Text,
    status_since=AT,
    probed_at=AT,
    last_status=Text,
)
patrols = _view(
    "patrols",
    id=BigInteger,
    group_id=Integer,
    group_name=Text,
    planned=SmallInteger,
    login=Text,
    unit_id=Integer,
    started_at=AT,
    ended_at=AT,
    remarks=Text,
    seen=BigInteger,
    missed=BigInteger,
    last_at=AT,
    was_left=Boolean,
)
patrol_stops = _view(
    "patrol_stops",
    patrol_id=BigInteger,
    n=SmallInteger,
    at=AT,
    camera_id=Integer,
    code=Text,
    name=Text,
    view_id=BigInteger,
    was_seen=Boolean,
    state=Text,
    seconds=SmallInteger,
    remark=Text,
)
patrol_plans = _view("patrol_plans", group_id=Integer, times=ARRAY(Time))
camera_groups = _view(
    "camera_groups",
    id=Integer,
    name=Text,
    kind=Text,
    owner_login=Text,
    risk_area=Text,
    dwell_s=SmallInteger,
    rank=SmallInteger,
)
camera_group_members = _view("camera_group_members", group_id=Integer, camera_id=Integer, rank=SmallInteger)
camera_group_units = _view("camera_group_units", group_id=Integer, unit_id=Integer, valid=DATERANGE)
camera_views = _view(
    "camera_views",
    id=BigInteger,
    at=AT,
    login=Text,
    unit_id=Integer,
    camera_id=Integer,
    camera=Text,
    ticket_id=BigInteger,
    reason=Text,
    kind=Text,
    stream=Text,
    seconds=Integer,
    district_id=SmallInteger,
)

"""Against kept pictures: foreign views, forged digests, foreign tickets, untraced looks, early ends."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import psycopg
import pytest
from attack import Attack, each
from camera_hall import CLIP, JPEG, keep_clip, keep_shielded, keep_still, make_camera, open_view, png
from ground import Ground
from hall import OPERATOR, Hall
from psycopg import sql
from unguarded import ANY_TICKET, EVERY_DUTY, NO_CHECKS, NO_GUARDS, SEE_ALL, UNSEEN

ANY_VIEW = (
    "create or replace function core.view_with(p_view bigint, p_from timestamptz, p_until timestamptz)"
    " returns audit.camera_view language sql as 'select v from audit.camera_view v where v.id = p_view'"
)
SEEN = (
    "create or replace function core.seen_footage(p_footage bigint) returns core.footage"
    " language sql as 'select f from core.footage f where f.id = p_footage'"
)
NO_LOOK = "create or replace function core.require_look(f core.footage) returns void language sql as ''"
NO_REFUSAL = (
    "create or replace function core.refuse(p_code text, p_detail jsonb default '{}',"
    " p_state text default 'LD001') returns void language sql as ''"
)
OLD = (
    "alter table core.footage disable trigger _400_kept",
    "update core.footage set kept_at = kept_at - interval '40 days'",
)


def keep(
    view: str, ticket: str = "null", sha: str = "%(original_sha)s", taken: str = "clock_timestamp()"
) -> str:
    return (
        f"select api.keep_still({view}, gen_random_uuid(), {ticket}, {taken}, '{{}}', %(original)s, {sha},"
        " %(burned)s, %(burned_sha)s, %(thumb)s)"
    )


def shield(footage: str, content: str = "%(shielded)s") -> str:
    return (
        f"select api.keep_shielded({footage}, gen_random_uuid(), '', '[{{}}]', {content}, sha256({content}),"
        " %(thumb)s)"
    )


ATTACKS = (
    Attack(
        "keep-from-foreign-view",
        "R702",
        ("colleague", "unit", "supervisor"),
        keep("%(camera_view)s"),
        code="no_camera_view",
        off=ANY_VIEW,
    ),
    Attack(
        "keep-without-any-view",
        "R702",
        ("operator", "unit"),
        keep("987654321"),
        code="no_camera_view",
        off=(
            "alter table core.footage drop constraint footage_view_fk",
            "create or replace function core.view_with(p_view bigint, p_from timestamptz,"
            " p_until timestamptz) returns audit.camera_view language sql"
            " as 'select v from audit.camera_view v order by v.id limit 1'",
        ),
    ),
    Attack(
        "keep-a-moment-nobody-saw",
        "R702",
        "operator",
        keep("%(camera_view)s", taken="clock_timestamp() - interval '1 hour'"),
        refused="LD003",
        code="bad_payload",
        off=ANY_VIEW,
    ),
    Attack(
        "forge-the-digest",
        "S71",
        "operator",
        keep("%(camera_view)s", sha="sha256('something else')"),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "keep-into-foreign-ticket",
        "R902",
        "unit",
        keep("%(unit_view)s", "%(foreign)s"),
        **UNSEEN,
        off=(
            *NO_GUARDS,
            ANY_TICKET,
        ),
    ),
    Attack(
        "give-foreign-picture-to-own-ticket",
        "R902",
        ("colleague", "unit"),
        "select api.attach_footage(%(mine)s, %(loose)s, gen_random_uuid())",
        code="no_such_footage",
        off=(
            "alter table core.footage disable trigger _400_kept",
            "update core.footage set kept_by = '{login}' where id = %(loose)s",
        ),
    ),
    Attack(
        "read-loose-picture",
        "R704",
        ("colleague", "unit", "neighbour"),
        (
            "select api.view_footage(%(loose)s, 'curious')",
            "select content from api.attachment(%(loose_file)s)",
        ),
        code="no_such_footage",
        off=(SEEN, NO_LOOK),
    ),
    Attack(
        "read-picture-of-foreign-ticket",
        "R902",
        ("unit", "town", "neighbour"),
        "select content from api.attachment(%(foreign_file)s)",
        **UNSEEN,
        off=(ANY_TICKET, SEEN, NO_LOOK),
    ),
    Attack(
        "look-without-a-trace",
        "R702",
        ("operator", "supervisor", "unit"),
        "select content from api.attachment(%(kept_file)s)",
        code="footage_unregistered",
        off=NO_LOOK,
    ),
    Attack(
        "look-and-roll-the-trace-back",
        "R702",
        "operator",
        (
            "begin",
            "select api.view_footage(%(kept)s, 'curious')",
            "select content from api.attachment(%(kept_file)s)",
            "rollback",
        ),
        code="footage_unregistered",
        off=NO_LOOK,
        undo="",
    ),
    Attack(
        "list-pictures-of-foreign-ticket",
        "R902",
        "unit",
        "select * from api.footage_of(%(foreign)s)",
        **UNSEEN,
        off=(
            *SEE_ALL,
            ANY_TICKET,
        ),
    ),
    Attack(
        "publish-unshielded",
        "R706",
        ("supervisor", "leader"),
        "select api.export_footage(%(kept)s, 'publication', 'press release')",
        refused="LD001",
        code="footage_not_shielded",
        off=NO_REFUSAL,
    ),
    Attack(
        "publish-unshielded-clip",
        "R706",
        ("supervisor", "leader"),
        "select api.export_footage(%(clip)s, 'publication', 'press release')",
        refused="LD001",
        code="footage_not_shielded",
        off=NO_REFUSAL,
    ),
    Attack(
        "shield-a-clip-with-itself",
        "R706",
        "operator",
        shield("%(clip)s", "%(clip_file)s"),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "shield-a-clip-with-a-picture",
        "R706",
        "operator",
        shield("%(clip)s", "%(original)s"),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "shield-what-is-shielded",
        "R706",
        "operator",
        shield("%(covered)s"),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "shield-foreign-clip",
        "R706",
        ("colleague", "unit"),
        shield("%(loose_clip)s"),
        code="no_such_footage",
        off=SEEN,
    ),
    Attack(
        "publish-without-the-duty",
        "R706",
        ("operator", "unit"),
        "select api.export_footage(%(kept)s, 'publication', 'press release')",
        code="duty_missing",
        off=NO_REFUSAL,
    ),
    Attack(
        "say-that-it-has-served",
        "R701",
        ("operator", "unit", "leader"),
        ("select api.footage_served(%(kept)s, 'no longer wanted')", "select 1"),
        code="duty_missing",
        off=EVERY_DUTY,
    ),
    Attack(
        "sweep-as-a-person",
        "R701",
        ("operator", "supervisor", "admin"),
        "select api.sweep_footage(10)",
        code="duty_missing",
        off=(EVERY_DUTY, *OLD),
    ),
    Attack(
        "read-tables",
        "R702",
        ("operator", "supervisor", "admin", "worker"),
        "select id from core.footage",
        off=(
            "grant usage on schema core to ld_console",
            "grant select on core.footage to ld_console",
            "alter table core.footage disable row level security",
        ),
    ),
    Attack(
        "secure-foreign-original",
        "R902",
        "unit",
        "select id from api.original_secured(%(claim)s, true, 'mine', gen_random_uuid())",
        **UNSEEN,
        off=(
            *NO_GUARDS,
            ANY_TICKET,
        ),
    ),
)


@pytest.fixture(scope="module")
def pictures(ground: Ground) -> Ground:
    """Pictures worth stealing: one in a foreign ticket, one without a ticket."""
    hall = Hall(ground.owner_dsn, ground.person_dsn)
    camera = make_camera(hall)
    view = open_view(hall, camera, OPERATOR)
    kept = keep_still(hall, view, ground.facts["mine"])["footage"]
    foreign = keep_still(hall, view, ground.facts["foreign"])["footage"]
    loose = keep_still(hall, view)["footage"]
    clip = keep_clip(hall, view, ground.facts["mine"])["footage"]
    loose_clip = keep_clip(hall, view)["footage"]
    covered = keep_shielded(hall, clip, CLIP + b"covered")["footage"]
    hall.rows(
        "update core.camera set duties = '{operator,supervisor,unit}', owner_unit_id = %s where id = %s"
        " returning 1",
        hall.unit["d1_dept01"],
        camera,
    )
    file_of = "select original_id from core.footage where id = %s"
    ground.facts |= {
        "camera_view": view,
        "unit_view": open_view(hall, camera, "d1_dept01"),
        "foreign_file": hall.value(file_of, foreign),
        "kept": kept,
        "kept_file": hall.value(file_of, kept),
        "loose": loose,
        "clip": clip,
        "clip_file": CLIP,
        "loose_clip": loose_clip,
        "covered": covered,
        "shielded": CLIP + b"once more",
        "loose_file": hall.value(file_of, loose),
        "claim": hall.value(
            "select id from core.footage_claim where ticket_id = %s", ground.facts["foreign"]
        ),
        "original": png(),
        "original_sha": sha256(png()).digest(),
        "burned": JPEG,
        "burned_sha": sha256(JPEG).digest(),
        "thumb": png(8, 8),
    }
    hall.close()
    ground.untouched = ground.fingerprint()
    return ground


@pytest.mark.parametrize(("attack", "login"), each(ATTACKS))
def test_attack_on_kept_pictures_fails(pictures: Ground, attack: Attack, login: str) -> None:
    pictures.repel(attack, login)


def test_purged_picture_is_read_by_nobody(pictures: Ground) -> None:
    with pictures.owner.transaction(force_rollback=True):
        for statement in OLD:
            pictures.owner.execute(statement)
        pictures.owner.execute("set local session authorization d1_worker")
        assert pictures.owner.execute("select api.sweep_footage(10)").fetchone() == (2,)
        pictures.owner.execute(sql.SQL("set local session authorization {}").format(sql.Identifier(OPERATOR)))
        words: tuple[Any, ...] = ("select api.view_footage(%(loose)s, 'once more')", pictures.facts)
        with pytest.raises(psycopg.Error) as gone, pictures.owner.transaction():
            pictures.owner.execute(*words)
        assert gone.value.diag.constraint_name == "footage_purged"

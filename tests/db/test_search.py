"""Search against a plain model of it: what is found, in which order, by whom, and by which way."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall, Row
from psycopg.types.json import Jsonb

READERS = (OPERATOR, TOWN, AREA, DEPT, OTHER_DEPT)
EVERYTHING = {"open_only": False}
FIND = "select (s.ticket).*, s.hits, s.rank from api.search(%s, %s, %s, %s, %s) s"
AT_ONCE = """create or replace function core.is_rare(f core.search_found, p_limit integer) returns boolean
    language sql immutable set search_path = pg_catalog, pg_temp as 'select true'"""
MANY = 4000
TEXTS = (
    "路灯",
    "路灯不亮",
    "不亮 路灯",
    "路灯　小区",
    "LAMP",
    "lamp out",
    "白鹭",
    "麒麟",
    "灯亮",
    "3号楼",
    "３号楼",
    "１３８",
    "138",
    "%",
    "_",
    "\\",
    "'",
    "a' or true) --",
    "$1",
    "{}",
    "[1-9]",
    ":*",
    "&",
    "😀",
    "🌊🌊",
    "Ünï",
    "指挥中心",
    "街道",
)


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Sixty tickets of odd texts, three each of one moment, some of them kept from some of the readers."""
    units = [hall.unit[login] for login in (DEPT, OTHER_DEPT, TOWN, AREA, "d1_town02")]
    bodies = (
        "LAMP out 50%",
        "3号楼的路灯不亮\n电话138",
        "小区_门口\\'a' or true) --",
        "灯\n亮 😀🌊🌊 Ünïcode $1 {} [1-9] :* &",
    )
    for number in range(60):
        ticket = hall.open(
            title=f"路灯 {number}" if number % 3 else f"白鹭{number}",
            body=bodies[number % 4],
            category_id=hall.community_category if number % 4 else hall.category,
        )["id"]
        if number % 4:
            hall.act(OPERATOR, ticket, "dispatch", payload={"unit": units[number % 5], "basis": "清单"})
        if number % 13 == 0:
            hall.act(SUPERVISOR, ticket, "void")
    hall.rows(
        "update core.ticket t set created_at = greatest("  # in the month its id names
        "   date_trunc('second', now()) - (n / 3) * interval '1 second',"
        "   date_trunc('month', now(), 'Asia/Shanghai')),"
        " place_text = case n %% 5 when 0 then '望海路12号' else '' end,"
        " external_number = case n %% 7 when 0 then 'QD-' || (n * 7919) end"
        " from (select id, row_number() over (order by id desc) - 1 as n from core.ticket) x"
        " where x.id = t.id returning 1"
    )
    hall.rows("update core.ticket set accused_unit_id = %s where id %% 11 = 3 returning 1", hall.unit[TOWN])
    hall.rows("update core.ticket set accused_login = %s where id %% 11 = 4 returning 1", OPERATOR)
    return hall


@pytest.fixture
def many(hall: Hall) -> Hall:
    """Thousands of finished tickets, an hour apart: lamps common, herons rare."""
    hall.make_months(MANY // 720 + 1)
    hall.rows(
        """insert into core.ticket (district_id, id, number, state, is_open, kind, channel, source, title,
             body, place_id, p_town, p_area, p_grid, category_id, created_at, updated_at, created_by)
           select 1, to_char(at at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + 90000000 - n,
             to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad((5000 + n)::text, 4, '0'),
             'ARCHIVED', false, 'complaint', 'phone', 'd1_yht',
             case when n %% 3 = 0 then '路灯不亮' else '垃圾未清运' end,
             '市民反映' || case when n %% 1500 = 1400 then '，有白鹭' else '' end,
             g.id, g.town_id, g.area_id, g.grid_id, %s, at, at, 'd1_operator1'
           from generate_series(1, %s) n, lateral (select now() - n * interval '1 hour' as at) x,
             lateral (select * from core.territory t where t.id = %s) g returning 1""",
        hall.community_category, MANY, hall.place,
    )  # fmt: skip
    hall.owner.execute("analyze core.ticket")
    return hall


def found(hall: Hall, login: str, text: str, limits: Row = EVERYTHING, step: int = 1000) -> list[Row]:
    """Walk all pages of a search."""
    rows: list[Row] = []
    at = last = None
    while True:
        page = hall.call(login, FIND, text, Jsonb(limits), at, last, step)
        rows += page
        if len(page) < step:
            return rows
        at, last = page[-1]["created_at"], page[-1]["id"]


def ids(rows: list[Row]) -> list[int]:
    return [row["id"] for row in rows]


class Model:
    """What a search must find, read from plain rows."""

    def __init__(self, hall: Hall) -> None:
        self.units = self._names(hall, "select id, concat_ws(chr(10), name, short_name) from core.unit")
        self.places = self._names(hall, "select id, name from core.territory where parent_id is not null")
        self.categories = self._names(
            hall, "select id, concat_ws(chr(10), name_zh, name_en) from core.category"
        )
        self.parents = {
            row["id"]: row["parent_id"] for row in hall.rows("select id, parent_id from core.category")
        }

    def _names(self, hall: Hall, query: str) -> dict[int, str]:
        return {key: name.lower() for key, name in (row.values() for row in hall.rows(query))}

    def has(self, row: Row, text: str) -> bool:
        """Say whether all words are in the ticket."""
        return all(self._has_word(row, word) for word in text.lower().replace("\u3000", " ").split())

    def _has_word(self, row: Row, word: str) -> bool:
        fields = (row["title"], row["body"], row["place_text"], row["external_number"] or "")
        plain = word.translate(str.maketrans("０１２３４５６７８９－", "0123456789-"))
        forms = {word, plain} | ({plain.replace("-", "")} if re.fullmatch(r"[0-9]+-[0-9]+", plain) else set())
        for form in forms:
            if any(form in field.lower() for field in fields):
                return True
            if re.fullmatch(r"[0-9]+", form) and form in row["number"].replace("-", ""):
                return True
        if len(word) < 2 or re.fullmatch(r"[0-9-]+", plain):
            return False
        category, chain = row["category_id"], []
        while category is not None:
            chain.append(self.categories[category])
            category = self.parents[category]
        names = [self.units.get(row["handler_unit_id"], ""), *chain]
        names += [self.places.get(row[field], "") for field in ("p_town", "p_area", "p_grid", "place_id")]
        return any(word in name for name in names)


@pytest.mark.parametrize("way", ["walk", "index"])
def test_search_finds_what_the_model_finds_for_every_reader(busy: Hall, way: str) -> None:
    if way == "index":
        busy.owner.execute(AT_ONCE)
    model, totals = Model(busy), Counter[str]()
    number = busy.value("select number from core.ticket where external_number is not null limit 1")
    digits = (number[4:], number.replace("-", "")[2:], number[-4:], str(7919 * 14), "QD-" + str(7919 * 7))
    for login in READERS:
        sees = busy.call(login, "select * from api.tickets order by created_at desc, id desc")
        for text in (*TEXTS, *digits):
            expected = [row["id"] for row in sees if model.has(row, text)]
            assert ids(found(busy, login, text)) == expected, (login, text)
            totals[text] += len(expected)
        if way == "index":
            assert busy.call(login, "select api.search_plan('白鹭') ->> 'path' as p")[0]["p"] == "index"
    assert [text for text in (*TEXTS, *digits) if not totals[text]] == ["麒麟", "灯亮"]


def test_pages_neither_skip_nor_repeat_where_moments_are_equal(busy: Hall) -> None:
    for login in READERS:
        whole = ids(found(busy, login, "路灯"))
        for step in (1, 2, 7):
            assert ids(found(busy, login, "路灯", step=step)) == whole, (login, step)


def test_search_with_a_filter_is_the_list_with_that_filter(busy: Hall) -> None:
    town, area = busy.unit[TOWN], busy.value("select p_area from core.ticket limit 1")
    klass = busy.value("select parent_id from core.category where id = %s", busy.community_category)
    middle = busy.value("select percentile_disc(0.5) within group (order by created_at) from core.ticket")
    limits: tuple[Row, ...] = (
        {"open_only": True},
        {"states": ["WORK", "SENT"]},
        {"unit_id": town},
        {"territory_id": area},
        {"category_id": klass},
        {"mine": True},
        {"lights": ["-"]},
        {"created_from": middle.isoformat()},
        {"created_to": middle.isoformat()},
    )
    sizes = Counter[int]()
    for force in (None, AT_ONCE):
        if force:
            busy.owner.execute(force)
        for login in READERS:
            model, all_ = Model(busy), ids(found(busy, login, "路灯"))
            assert model
            for number, extra in enumerate(limits):
                wanted = EVERYTHING | extra
                listed = busy.call(
                    login, "select id from api.tickets_page(%s, 'newest', null, null, 1000)", Jsonb(wanted)
                )
                expected = [each for each in ids(listed) if each in set(all_)]
                assert ids(found(busy, login, "路灯", wanted)) == expected, (login, extra)
                some = all_[::3]
                narrowed = found(busy, login, "路灯", wanted | {"ids": some})
                assert ids(narrowed) == [each for each in expected if each in some], (login, extra)
                sizes[number] += len(expected)
    assert all(sizes[number] for number in range(len(limits))), sizes


def test_counts_agree_with_the_list_or_say_that_there_are_more(busy: Hall) -> None:
    for login in READERS:
        for text in ("路灯", "白鹭", "麒麟"):
            rows = found(busy, login, text)
            counts = busy.call(login, "select api.search_counts(%s, %s, 100) as c", text, Jsonb(EVERYTHING))[
                0
            ]["c"]
            lights = Counter(row["light"] for row in rows)
            assert (counts["total"], counts["more"]) == (len(rows), False), (login, text)
            assert counts["lights"] == {light: lights[light] for light in "RYG-"}
            assert counts["states"] == Counter(row["state"] for row in rows)
    counts = busy.call(OPERATOR, "select api.search_counts('路灯', %s, 5) as c", Jsonb(EVERYTHING))[0]["c"]
    assert (counts["total"], counts["more"], counts["lights"]) == (5, True, {})


class TestWay:
    """Common words are walked to, rare ones asked of the index."""

    def plan(self, hall: Hall, text: str, login: str = OPERATOR) -> Row:
        plan: Row = hall.call(login, "select api.search_plan(%s) as p", text)[0]["p"]
        return plan

    @pytest.mark.parametrize(
        ("text", "path", "count"),
        [
            ("路灯", "walk", 50),
            ("路灯不亮", "walk", 50),
            ("白鹭", "index", 2),
            ("有白鹭", "index", 2),
            ("麒麟", "index", 0),
        ],
    )
    def test_is_chosen_by_frequency(self, many: Hall, text: str, path: str, count: int) -> None:
        for login in (OPERATOR, AREA):
            plan = self.plan(many, text, login)
            assert (plan["path"], plan["found"]) == (path, count), login
            assert plan["looked"] == 400  # the probe, and never more of a rare word
        assert len(found(many, OPERATOR, text)) == (count if path == "index" else MANY // 3)

    def test_the_index_answers_only_for_the_rare(self, many: Hall) -> None:
        assert self.scans(many, "路灯") == 0
        assert self.scans(many, "白鹭") > 0
        assert self.scans(many, "麒麟 路灯") > 0

    def scans(self, hall: Hall, text: str) -> int:
        """Count what a search asked of the index of pairs; a session that ends tells its figures at once."""
        query = (
            "select coalesce(sum(s.idx_scan), 0)::int from pg_stat_all_indexes s"
            " where pg_get_indexdef(s.indexrelid) like %s"
        )
        before = hall.value(query, "%search_keys%")
        with psycopg.connect(
            hall.desk(OPERATOR).info.dsn, password=hall.desk(OPERATOR).info.password
        ) as desk:
            desk.execute("select * from api.search(%s)", [text]).fetchall()
        return int(hall.value(query, "%search_keys%")) - int(before)

    def test_a_number_is_looked_up(self, many: Hall) -> None:
        row = many.rows("select id, number from core.ticket order by created_at limit 1")[0]
        assert ids(found(many, OPERATOR, row["number"])) == [row["id"]]
        assert self.plan(many, row["number"])["path"] == "ids"
        assert ids(found(many, OPERATOR, row["number"] + " 白鹭")) == []
        assert found(many, OTHER_DEPT, row["number"]) == []

    def test_one_character_is_sought_in_the_last_week_and_says_so(self, many: Hall) -> None:
        asked, counts = "select api.search_counts('灯', %s) as c", None
        # Again where an hour ends in between, and with it the week's first.
        while counts != (counts := many.call(OPERATOR, asked, Jsonb(EVERYTHING))[0]["c"]):
            rows = found(many, OPERATOR, "灯")
        since = datetime.fromisoformat(counts["since"])
        lamps = "select count(*) from core.ticket where title = '路灯不亮' and created_at >= %s"
        assert counts["total"] == len(rows) == many.value(lamps, since) > 50
        assert timedelta(days=7) <= datetime.now().astimezone() - since <= timedelta(days=7, hours=2)
        assert len(found(many, OPERATOR, "灯 垃圾")) == 0
        assert len(found(many, OPERATOR, "鹭 白鹭")) == 2  # another word can be asked of the index


def test_hits_name_the_fields_and_rank_prefers_the_title_and_the_new(hall: Hall) -> None:
    old, body, title = (
        hall.open(title=t, body=b)["id"] for t, b in (("白鹭", "无"), ("x", "见白鹭"), ("白鹭", "白鹭"))
    )
    hall.rows(
        "update core.ticket set created_at = created_at - interval '300 days' where id = %s returning 1", old
    )
    rows = {row["id"]: row for row in found(hall, OPERATOR, "白鹭")}
    assert {key: row["hits"] for key, row in rows.items()} == {
        old: ["title"], body: ["body"], title: ["body", "title"]
    }  # fmt: skip
    assert rows[title]["rank"] > rows[old]["rank"] > rows[body]["rank"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "missing"),
        (" \u3000 ", "missing"),
        (None, "missing"),
        ("路" * 201, "too long"),
        (" ".join(map(str, range(17))), "too long"),
    ],
)
def test_text_that_is_none_or_too_much_is_refused(hall: Hall, text: str | None, problem: str) -> None:
    for query in (
        "select api.search(%s)",
        "select api.search_counts(%s, '{}')",
        "select api.search_plan(%s)",
    ):
        with pytest.raises(psycopg.Error) as refusal:
            hall.call(OPERATOR, query, text)
        assert refusal.value.sqlstate == "LD003"
        assert f'"problem": "{problem}"' in str(refusal.value.diag.message_detail)
    assert found(hall, OPERATOR, "路" * 200) == []


def test_search_that_takes_too_long_is_refused(hall: Hall) -> None:
    hall.rows("select core.in_time(clock_timestamp() - interval '3 s')")
    with pytest.raises(psycopg.Error) as refusal:
        hall.rows("select core.in_time(clock_timestamp() - interval '5 s')")
    assert (refusal.value.sqlstate, refusal.value.diag.constraint_name) == ("LD001", "search_too_broad")

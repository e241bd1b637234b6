"""The ticket and directory stores against the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hall import POINTS, Hall
from sqlalchemy import Connection, Engine, event
from waiting import until

from console.directory.record import Directory
from console.directory.store import DirectoryStore
from console.lists.attendance_store import AttendanceStore, Attended
from console.ticket import page_store
from console.ticket import store as ticket_store
from console.ticket.page_store import PageStore
from console.ticket.record import Filter, Order, Ticket, TicketId, TicketState, light_of
from console.ticket.store import TicketStore
from db.engine import engine_for
from db.errors import Conflict, Refused, Unavailable
from db.transaction import Question, together

PersonDsn = Callable[[str], str]
WAITING = "select count(*) from pg_locks where relation = 'core.presence'::regclass and not granted"


@pytest.fixture
def engine_of(person_dsn: PersonDsn) -> Iterator[Callable[[str], Engine]]:
    engines: list[Engine] = []

    def make(login: str) -> Engine:
        engines.append(engine_for(person_dsn(login)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(engine_of: Callable[[str], Engine]) -> Engine:
    return engine_of("d1_operator1")


@pytest.fixture
def store(engine: Engine) -> TicketStore:
    return TicketStore(engine)


@pytest.fixture
def pages(engine: Engine) -> PageStore:
    return PageStore(engine)


@pytest.fixture
def directory(engine: Engine) -> Directory:
    store = DirectoryStore(engine)
    return store.load(store.me())


@pytest.fixture
def report(store: TicketStore, directory: Directory) -> Callable[..., Ticket]:
    grid = next(place for place in directory.territories.values() if place.level == 4)
    item = next(each for each in directory.categories.values() if each.level == 3 and not each.is_emergency)

    def make(title: str = "路灯不亮", **changed: Any) -> Ticket:
        payload = {
            "kind": "complaint",
            "channel": "phone",
            "title": title,
            "body": "晚上看不清路",
            "category_id": item.id,
            "place_id": grid.id,
            "caller": {"name": "赵小川", "phone": "13900000001"},
        }
        return store.open_ticket(uuid4(), payload | changed)

    return make


def test_directory_when_loaded_names_places_units_and_categories(directory: Directory) -> None:
    grid = next(place for place in directory.territories.values() if place.level == 4 and place.area_id)
    assert directory.place_path(grid.id).endswith(grid.name)
    assert directory.place_path(grid.id).count(" › ") == 2
    assert directory.code_name(directory.states, "WORK") == "办理中"
    assert directory.staff_name("d1_operator1") != "d1_operator1"
    assert directory.find_units(next(iter(directory.units.values())).initials)


def test_opened_ticket_is_found_by_id_number_and_page(
    store: TicketStore, report: Callable[..., Ticket]
) -> None:
    made = report()
    assert store.by_ids([made.id]) == [made]
    assert store.by_number(made.number) == made
    assert store.page(Filter()).rows == (made,)
    assert made.state is TicketState.NEW


def test_pages_by_key_when_read_to_the_end_give_every_ticket_once(
    store: TicketStore, report: Callable[..., Ticket]
) -> None:
    made = {report(f"第{n}件").id for n in range(7)}
    for wanted in (Filter(), Filter(open_only=False, order=Order.NEWEST)):
        seen, after, pages = [], None, 0
        while True:
            page = store.page(wanted, after, 3)
            seen += [row.id for row in page.rows]
            pages += 1
            if page.next is None:
                break
            after = page.next
        assert set(seen) == made
        assert len(seen) == len(made)
        assert pages == 3


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(states=(TicketState.SENT,)),
        Filter(text="路灯"),
        Filter(channels=("web",)),
        Filter(states=(TicketState.NEW,), channels=("phone",)),
        Filter(open_only=False, order=Order.NEWEST),
    ],
)
def test_counts_agree_with_the_list(
    store: TicketStore, report: Callable[..., Ticket], wanted: Filter
) -> None:
    dispatch(store, report("路灯不亮一"))
    report("路灯不亮二")
    report("垃圾未清运", channel="web")
    page, counts = store.first_page(wanted)
    assert counts == store.counts(wanted)
    assert counts.total == len(page.rows)
    bare = replace(wanted, states=())
    for state, count in counts.states.items():
        assert count == len(store.page(replace(bare, states=(state,))).rows)
    for light, count in counts.lights.items():
        assert count == len(store.page(replace(wanted, lights=(light,))).rows)


@pytest.mark.parametrize("text", ["", "路灯"])
def test_more_rows_than_one_question_brings_are_read_in_order(
    store: TicketStore, report: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(ticket_store, "MOST_AT_ONCE", 2)
    for number in range(6):
        report(f"路灯不亮{number}")
    wanted = Filter(text=text, order=Order.NEWEST)
    first = store.page(wanted, None, 1)
    page, counts = store.first_page(wanted, 4, after=first.next)
    everything = store.page(wanted).rows
    assert (page.rows, counts.total) == (everything[1:5], 6)
    assert store.page(wanted, page.next).rows == everything[5:]
    assert store.first_page(wanted, 7)[0].next is None


def test_light_in_the_list_is_the_light_of_the_row(
    store: TicketStore, engine: Engine, report: Callable[..., Ticket]
) -> None:
    sent = dispatch(store, report())
    now = DirectoryStore(engine).me().now
    rows = store.page(Filter(lights=(light_of(sent, now),))).rows
    assert [row.id for row in rows] == [sent.id]


def test_matching_says_which_changed_rows_the_list_shows(
    store: TicketStore, report: Callable[..., Ticket]
) -> None:
    lamp, refuse = report("路灯不亮"), report("垃圾未清运")
    rows, matches = store.matching([lamp.id, refuse.id], Filter(text="路灯"))
    assert {row.id for row in rows} == {lamp.id, refuse.id}
    assert matches == {lamp.id}


def test_lists_are_asked_in_few_journeys(
    store: TicketStore, report: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp = report("路灯不亮")
    asked: list[int] = []

    def spy(connection: Connection, questions: Sequence[Question]) -> list[list[dict[str, Any]]]:
        asked.append(len(questions))
        return together(connection, questions)

    monkeypatch.setattr(ticket_store, "together", spy)
    store.first_page(Filter())
    assert asked == [2, 1]  # the rows with their snapshot, then the counts
    asked.clear()
    store.matching([lamp.id], Filter())
    store.counts(Filter(states=(TicketState.TRIAGE,)))
    assert asked == [3, 2]


def test_act_with_an_old_version_is_a_conflict(store: TicketStore, report: Callable[..., Ticket]) -> None:
    made = report()
    dispatch(store, made)
    with pytest.raises(Conflict) as caught:
        dispatch(store, made)
    assert caught.value.by


def test_act_when_repeated_with_its_key_gives_the_first_outcome(
    store: TicketStore, report: Callable[..., Ticket]
) -> None:
    made, key = report(), uuid4()
    first = dispatch(store, made, key=key)
    again = dispatch(store, made, key=key)
    outcome = store.outcome(key)
    assert again.version == first.version == outcome.version
    assert outcome.known
    assert not store.outcome(uuid4()).known


def test_act_that_no_transition_allows_is_refused(store: TicketStore, report: Callable[..., Ticket]) -> None:
    made = report()
    with pytest.raises(Refused):
        store.act(made.id, "archive", made.version, uuid4(), {})


def test_one_ticket_shows_its_events_custody_caller_actions_and_due(
    store: TicketStore, pages: PageStore, report: Callable[..., Ticket]
) -> None:
    sent = dispatch(store, report())
    page = pages.page(sent.id)
    assert page is not None
    assert page.ticket == sent
    assert [each.action for each in page.events] == ["open", "dispatch"]
    assert page.custody[0].unit_id == sent.handler_unit_id
    assert page.caller is not None
    assert page.caller.name_masked != "赵小川"
    assert "sign_for" in {each.action for each in page.allowed}
    assert page.due.answer is not None
    assert page.due.answer.due_at == sent.answer_due_at
    assert page.due.answer.days


def test_page_of_a_ticket_one_may_not_see_is_none(
    engine_of: Callable[[str], Engine], report: Callable[..., Ticket]
) -> None:
    assert PageStore(engine_of("d2_operator1")).page(report().id) is None


def test_page_can_be_read_wherever_a_ticket_stands(hall: Hall, pages: PageStore) -> None:
    for point in POINTS:
        page = pages.page(TicketId(hall.at(point)))
        assert page is not None
        assert page.events


def test_page_of_a_held_ticket_has_a_start_and_no_due_moment(hall: Hall, pages: PageStore) -> None:
    page = pages.page(TicketId(hall.at("hold_assist")))
    assert page is not None
    assert page.due.answer is not None
    assert page.due.answer.from_at is not None
    assert page.due.answer.due_at is None
    assert ("answer", "held") in {(part.clock, part.state) for part in page.due.segments}


def test_page_of_an_instructed_ticket_is_due_on_the_fixed_day(hall: Hall, pages: PageStore) -> None:
    ticket, day = hall.at("special"), (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    hall.act("d1_leader1", ticket, "instruct", payload=hall.payload("instruct") | {"due_on": day})
    page = pages.page(TicketId(ticket))
    assert page is not None
    assert page.due.answer is not None
    assert page.due.answer.due_at == page.ticket.answer_due_at
    assert page.due.answer.days == ()


def test_page_while_a_colleague_writes_is_of_one_moment(
    engine: Engine,
    engine_of: Callable[[str], Engine],
    pages: PageStore,
    report: Callable[..., Ticket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, colleague = report(), TicketStore(engine_of("d1_operator2"))
    begun: list[object] = []

    def meddle(*asked: Any) -> Any:
        answers = together(*asked)
        if colleague.by_ids([made.id])[0].version == 1:
            dispatch(colleague, made)
        return answers

    monkeypatch.setattr(page_store, "together", meddle)
    event.listen(engine, "begin", begun.append)
    page = pages.page(made.id)
    assert page is not None
    assert (page.ticket.version, len(page.events), page.custody) == (1, 1, ())
    assert "dispatch" in {each.action for each in page.allowed}
    assert len(begun) == 1
    assert colleague.by_ids([made.id])[0].version == 2


def test_page_whose_link_breaks_midway_is_unavailable_and_can_be_read_again(
    owner: psycopg.Connection,
    pages: PageStore,
    report: Callable[..., Ticket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = report()
    asked: list[int] = []

    def cut(*questions: Any) -> Any:
        asked.append(len(asked))
        if len(asked) == 2:
            owner.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where application_name = 'liangdeng' and datname = current_database()"
            )
        return together(*questions)

    monkeypatch.setattr(page_store, "together", cut)
    with pytest.raises(Unavailable):
        pages.page(made.id)
    page = pages.page(made.id)
    assert page is not None
    assert page.ticket == made


def test_intake_hints_find_the_caller_the_double_and_the_unit(
    store: TicketStore, report: Callable[..., Ticket]
) -> None:
    made = report()
    assert [each.id for each in store.caller_history("13900000001")] == [made.id]
    probe = {
        "phone": "13900000001",
        "place_id": made.place_id,
        "category_id": made.category_id,
        "title": made.title,
    }
    assert [each.ticket_id for each in store.duplicates(probe)] == [made.id]
    assert store.suggest(made.category_id, made.place_id).answer_due_at is not None


def test_attachment_when_added_comes_back_whole(
    store: TicketStore, pages: PageStore, report: Callable[..., Ticket]
) -> None:
    made = report()
    content = b"%PDF-1.4\n%%EOF\n"
    added = store.attach(made.id, uuid4(), "说明.pdf", "application/pdf", content)
    page = pages.page(made.id)
    assert page is not None
    assert [each.name for each in page.attachments] == ["说明.pdf"]
    assert store.attachment_content(added) == content


def test_view_when_saved_renamed_and_dropped_is_seen_so(store: TicketStore) -> None:
    wanted = Filter(states=(TicketState.NEW,))
    before = {view.id for view in store.views()}
    store.save_view(None, "新件", wanted)
    [made] = [view for view in store.views() if view.id not in before]
    assert (made.name, made.filter, made.owner) == ("新件", wanted, "d1_operator1")
    store.save_view(made.id, "今日新件", wanted)
    assert "今日新件" in {view.name for view in store.views()}
    store.drop_view(made.id)
    assert {view.id for view in store.views()} == before


def test_presence_and_claims_of_a_colleague_are_seen_until_he_leaves(
    engine_of: Callable[[str], Engine], report: Callable[..., Ticket]
) -> None:
    made, other, desk = report(), report(), uuid4()
    mine = AttendanceStore(engine_of("d1_operator1"))
    colleague = AttendanceStore(engine_of("d1_operator2"))
    colleague.attend(desk, [made.id, other.id], [made.id])
    assert mine.who_is_at([made.id]) == {made.id: Attended(("d1_operator2",), ("d1_operator2",))}
    taken = colleague.next_ticket(Filter(), desk, uuid4())
    assert taken == made
    claim = mine.who_is_at([made.id])[made.id].claim_of(1)
    assert claim is not None
    assert claim.login == "d1_operator2"
    with pytest.raises(Refused) as refused:
        mine.claim(made, uuid4(), uuid4())
    assert (refused.value.code, refused.value.detail["login"]) == ("claimed", "d1_operator2")
    colleague.release(made.id)
    colleague.claim(other, desk, uuid4())
    colleague.leave(desk)
    assert mine.who_is_at([made.id, other.id]) == {}


def test_what_is_on_its_way_does_not_arrive_behind_the_good_bye(
    engine_of: Callable[[str], Engine], report: Callable[..., Ticket], owner: psycopg.Connection
) -> None:
    made, desk = report(), uuid4()
    leaving = AttendanceStore(engine_of("d1_operator2"))
    with ThreadPoolExecutor(2) as threads:
        with owner.transaction():
            owner.execute("lock table core.presence in exclusive mode")
            coming = threads.submit(leaving.attend, desk, [made.id], [])
            until(lambda: owner.execute(WAITING).fetchone() == (1,))
            going = threads.submit(leaving.leave, desk)
            assert not going.done()
        coming.result(timeout=30)
        going.result(timeout=30)
    leaving.attend(desk, [made.id], [])
    assert leaving.who_is_at([made.id]) == {}


def dispatch(store: TicketStore, made: Ticket, *, key: Any = None) -> Ticket:
    unit = store.suggest(made.category_id, made.place_id).lead_unit_id
    return store.act(made.id, "dispatch", made.version, key or uuid4(), {"unit": unit})

"""Names are found by Chinese, pinyin and initials, best first."""

from hypothesis import given
from hypothesis import strategies as st

from console.kit.fuzzy import SCATTERED, Entry, Names, search

STREETS = (
    Entry(1, "黄岛街道", "huangdaojiedao", "hdjd"),
    Entry(2, "薛家岛街道", "xuejiadaojiedao", "xjdjd"),
    Entry(3, "灵珠山街道", "lingzhushanjiedao", "lzsjd"),
    Entry(4, "黄岛街道办事处供水服务站", "huangdaojiedaobanshichugongshuifuwuzhan", "hdjdbscgsfwz"),
)


def found(typed: str) -> list[int]:
    return [entry.value for _, entry in search(typed, STREETS)]


def test_search_by_chinese_prefers_the_exact_name() -> None:
    assert found("黄岛街道") == [1, 4]


def test_search_by_initials_and_pinyin_finds_the_same_street() -> None:
    assert found("xjd")[0] == found("xuejia")[0] == found("XueJia dao")[0] == 2


def test_search_skips_left_out_characters() -> None:
    assert found("灵山街") == [3]


def test_search_needs_every_word() -> None:
    assert found("黄岛 供水") == [4]
    assert found("灵珠 供水") == []


def test_search_without_text_finds_nothing() -> None:
    assert found("  ") == []


@given(st.text(min_size=1, max_size=6))
def test_search_never_returns_more_than_asked_and_sorts_by_score(typed: str) -> None:
    hits = search(typed, STREETS, limit=2)
    assert len(hits) <= 2
    assert [score for score, _ in hits] == sorted((score for score, _ in hits), reverse=True)


def test_name_with_the_words_in_one_piece_comes_before_scattered_letters() -> None:
    entries = (Entry(1, "灵东山街"), Entry(2, "东部灵山街道办事处"), Entry(3, "山灵"))
    assert [(score > SCATTERED, entry.value) for score, entry in search("灵山", entries)] == [
        (True, 2),
        (False, 1),
    ]


LETTERS = st.text("hdj lz山黄岛", min_size=1, max_size=6)


@given(
    st.lists(st.tuples(LETTERS, LETTERS), max_size=30),
    st.lists(st.one_of(LETTERS, st.sampled_from(["", "h", "hd", "hdj", "h d"])), max_size=12),
)
def test_what_is_typed_before_changes_no_answer(names: list[tuple[str, str]], typed: list[str]) -> None:
    entries = [Entry(number, name, initials=short) for number, (name, short) in enumerate(names)]
    kept = Names(entries)
    for words in typed:
        for length in range(len(words) + 1):  # letter by letter, then something else
            fresh = search(words[:length], entries, 5)
            assert kept.search(words[:length], 5) == fresh


def test_letter_more_looks_only_through_what_was_left() -> None:
    looked: list[str] = []

    class Counting(Entry[int]):
        __slots__ = ()

        def score(self, word: str) -> int:
            looked.append(word)
            return super().score(word)

    names = Names([Counting(number, f"路{number}" + "灯" * (number < 3)) for number in range(1000)])
    names.search("路")
    names.search("路9")
    looked.clear()
    names.search("路99")
    assert len(looked) == 11
    looked.clear()
    names.search("路")  # taken back: nothing is looked at again
    assert looked == []

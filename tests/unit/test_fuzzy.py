"""Names are found by Chinese, pinyin and initials, best first."""

from hypothesis import given
from hypothesis import strategies as st

from console.kit.fuzzy import Entry, search

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

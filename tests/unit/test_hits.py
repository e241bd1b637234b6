"""Where the words of a search stand in a text."""

import pytest

from console.lists.hits import snippet, spans, words_of


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("小区路灯不亮", "路灯", ["路灯"]),
        ("小区路灯不亮，路灯坏", "路灯 灯不", ["路灯不", "路灯"]),
        ("LAMP and lamp", "Lamp", ["LAMP", "lamp"]),
        ("20260727-0012", "0727-0012", ["0727-0012"]),
        ("20260727-0012", "270012", ["27-0012"]),
        ("3号楼", "３号楼", ["3号楼"]),
        ("50% (off) [x]", "% ( [", ["%", "(", "["]),
        ("路灯", "", []),
        ("路灯", "白鹭", []),
        ("İstanbul 路灯", "路灯", []),
    ],
)
def test_spans_are_where_the_words_stand(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words_of(typed))] == marked


def test_snippet_is_the_surroundings_on_one_line() -> None:
    text = "市民反映" * 20 + "\n路灯不亮\n" + "请处理。" * 40
    assert snippet(text, words_of("路灯")) == (
        "…民反映市民反映市民反映 路灯不亮 " + ("请处理。" * 40)[: 60 - 3] + "…"
    )  # fmt: skip
    assert snippet("路灯", words_of("路灯")) == "路灯"
    assert snippet("路灯", words_of("白鹭")) == ""

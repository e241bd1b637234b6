"""Latin keys of Chinese names."""

from __future__ import annotations

import pytest

from db.seed.pinyin import spell


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("横河管区", "hengheguanqu", "hhgq"),
        ("长江路街道", "changjianglujiedao", "cjljd"),  # 长 reads chang here, not zhang
        ("重庆路", "chongqinglu", "cql"),
        ("绿地养护", "lvdiyanghu", "ldyh"),
        ("横河第12网格", "henghedi12wangge", "hhd12wg"),
        ("西海岸社会治理 APP", "xihaianshehuizhiliapp", "xhashzlapp"),
        ("区-社会（治理）中心", "qushehuizhilizhongxin", "qshzlzx"),
        ("", "", ""),
    ],
)
def test_spell_name_gives_pinyin_and_initials(name: str, pinyin: str, initials: str) -> None:
    assert spell(name) == (pinyin, initials)

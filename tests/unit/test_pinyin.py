"""Latin keys of Chinese names."""

from __future__ import annotations

import subprocess
import sys

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


def test_console_reads_names_without_the_dictionary_of_phrases() -> None:
    """In a process of its own: the seed of the tests brings the whole dictionary into this one."""
    code = (
        "import sys; from console.kit.pinyin import reading;"
        "print(*reading('黄岛街道'), 'pypinyin.phrases_dict' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["huangdaojiedao", "hdjd", "False"]

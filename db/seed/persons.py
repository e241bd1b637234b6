"""Invented persons: common surnames and given names drawn at random, phones nobody can own."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
GIVEN_FIRST = "志建国文明海永春秋晓小立新玉金天宏家俊思雨欣佳子浩伟丽秀美桂凤红爱景成德学光庆宝瑞书云若长"
GIVEN_SECOND = "强华平军勇杰涛明超霞燕玲娟芳艳静敏英梅兰珍琴波辉刚健民生林峰斌鹏宇轩涵怡琳萍东亮胜利安宁"

# 190-0000-xxxx is not given to subscribers, so a demo console can never ring a real person.
PHONE_PREFIX = "1900000"
PHONES = 10_000


@dataclass(frozen=True)
class Person:
    """An invented person of the demo."""

    name: str
    phone: str


class Persons:
    """Draws persons; the same seed draws the same persons."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  no secret, always the same people

    def draw(self) -> Person:
        """Invent the next person."""
        return Person(self._name(), f"{PHONE_PREFIX}{self._random.randrange(PHONES):04d}")

    def _name(self) -> str:
        pick = self._random.choice
        # One name in five has a single given character, as names do.
        middle = pick(GIVEN_FIRST) if self._random.random() < 0.8 else ""
        return pick(SURNAMES) + middle + pick(GIVEN_SECOND)

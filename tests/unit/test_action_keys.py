"""Keys and words of every action in the rule book."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from console.ticket.act_actions import ACT_ACTIONS
from console.ticket.action_fields import EDITORS
from console.ticket.action_keys import ACTION_KEYS
from console.ticket.field_words import FIELD_WORDS
from console.ticket.intake_endings import ENDINGS

BOOK: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "db" / "seed" / "transitions.toml").read_text("utf-8")
)
ELSEWHERE = {"open"}  # the intake form
OFFERED = {row["action"] for row in BOOK["transition"]} - ELSEWHERE


def test_every_action_a_person_may_do_has_a_key() -> None:
    assert ACTION_KEYS.keys() == OFFERED


def test_every_action_is_in_the_registry_with_a_help_line() -> None:
    declared = {action.key.removeprefix("ticket."): action for action in ACT_ACTIONS}
    assert declared.keys() >= OFFERED
    assert all(action.text and action.help for action in ACT_ACTIONS)


def test_keys_of_actions_offered_together_differ() -> None:
    states = {state["code"]: state["is_open"] for state in BOOK["state"]}
    offered = defaultdict(set)
    for row in BOOK["transition"]:
        for state, is_open in states.items():
            named = row["from"]
            if (
                state in named
                or named == "all"
                or (named == "open" and is_open)
                or (named == "live" and state != "ARCHIVED")
            ):
                offered[state].add(row["action"])
    for state, actions in offered.items():
        keys = [ACTION_KEYS[action] for action in actions - ELSEWHERE]
        assert len(keys) == len(set(keys)), state


def test_every_field_has_a_word_and_an_editor() -> None:
    actions = [action for action in BOOK["action"] if action["code"] in OFFERED]
    fields = [need for action in actions for need in action.get("needs", ())]
    assert {need["name"] for need in fields} <= FIELD_WORDS.keys()
    assert {need["type"] for need in fields} <= EDITORS.keys()


def test_endings_are_actions_of_a_new_ticket() -> None:
    of_new = {row["action"] for row in BOOK["transition"] if "NEW" in row["from"]}
    assert set(ENDINGS) <= of_new

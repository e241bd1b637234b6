"""What commands say: one JSON object on standard output, words on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def answer(data: Mapping[str, Any], as_json: bool) -> None:
    """Print the result: the whole object for programs, one `key: value` a line for people."""
    if as_json:
        text = json.dumps(data, ensure_ascii=False, default=str)
    else:
        text = "\n".join(f"{key}: {value}" for key, value in data.items())
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Tell a person something without touching standard output."""
    sys.stderr.write(text + "\n")

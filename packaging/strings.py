"""Keep the translation catalogues true: `update` writes what the source says, `check` fails when stale."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import PySide6

ROOT = Path(__file__).parent.parent
CATALOGUES = (ROOT / "resources" / "i18n" / "zh_CN.ts",)
MARKERS = {"tr", "translate", "QT_TRANSLATE_NOOP"}


def main() -> int:
    """Run `update` or `check` and return the exit status."""
    if sys.argv[1:] == ["update"]:
        for catalogue in CATALOGUES:
            update(catalogue)
        return 0
    faults = list(check())
    for fault in faults:
        sys.stderr.write(f"strings: {fault}\n")
    return 1 if faults else 0


def update(catalogue: Path) -> None:
    """Bring a catalogue to the texts of the source; translations of unchanged texts stay."""
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".lst") as listing:
        listing.write("\n".join(map(str, sources())))
        listing.flush()
        tool = Path(PySide6.__file__).parent / "lupdate"
        command = [tool, "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en"]
        command += ["-target-language", catalogue.stem, f"@{listing.name}", "-ts", catalogue]
        subprocess.run(command, check=True, cwd=ROOT)


def check() -> Iterator[str]:
    """Name texts that are missing, left over or not translated, and f-strings, which never match."""
    for source in sources():
        for line in formatted_texts(source):
            yield f"{source.relative_to(ROOT)}:{line}: an f-string is never found in a catalogue"
    for catalogue in CATALOGUES:
        held = texts(catalogue) if catalogue.exists() else {}
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / catalogue.name
            update(fresh)
            wanted = texts(fresh)
        for context, text in sorted(wanted.keys() - held.keys()):
            yield f"{catalogue.name}: missing: {context}: {text!r} (run make strings)"
        for context, text in sorted(held.keys() - wanted.keys()):
            yield f"{catalogue.name}: no longer used: {context}: {text!r} (run make strings)"
        for (context, text), is_translated in sorted(held.items()):
            if not is_translated:
                yield f"{catalogue.name}: not translated: {context}: {text!r}"


def sources() -> list[Path]:
    """List the files whose texts are shown to people."""
    return sorted((ROOT / "console").rglob("*.py"))


def texts(catalogue: Path) -> dict[tuple[str, str], bool]:
    """Return every (context, text) of a catalogue and whether it is translated."""
    found = {}
    for context in ET.parse(catalogue).iter("context"):  # noqa: S314 - our own files
        for message in context.iter("message"):
            translation = message.find("translation")
            is_translated = translation is not None and "type" not in translation.attrib
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = is_translated and bool("".join(translation.itertext()).strip())
    return found


def formatted_texts(source: Path) -> Iterator[int]:
    """Yield the lines where a text to translate is an f-string, or is asked for inside one."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield from (inner.lineno for inner in ast.walk(node) if is_marker(inner))
        elif is_marker(node):
            yield from (word.lineno for word in node.args if isinstance(word, ast.JoinedStr))


def is_marker(node: ast.AST) -> TypeGuard[ast.Call]:
    """Say whether this is a call that asks for a translation."""
    return isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MARKERS


if __name__ == "__main__":
    sys.exit(main())

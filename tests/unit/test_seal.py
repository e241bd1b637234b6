"""Files sealed chunk by chunk: read to their last whole chunk, and never more than was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.kit.seal import CHUNK, Seal, SealedWriter, Unreadable, read_begun, read_sealed, write_sealed

SEAL = Seal(b"k" * 32)
PARTS = [b"first ", b"second ", b"third"]


def begun(path: Path) -> list[int]:
    """Write the parts without an end; returns where each ends on the disk."""
    ends = []
    with SealedWriter(path, SEAL) as file:
        for part in PARTS:
            assert file.write(part) == len(part)
            ends.append(path.stat().st_size)  # nothing waits in a buffer
        written = path.read_bytes()
    path.write_bytes(written)
    return ends


def test_a_whole_file_comes_back_and_only_its_person_may_read_it(tmp_path: Path) -> None:
    content = bytes(range(256)) * (CHUNK // 100)
    write_sealed(tmp_path / "a", SEAL, content)
    assert read_sealed(tmp_path / "a", SEAL) == content
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert content[:32] not in (tmp_path / "a").read_bytes()


def test_a_file_cut_off_anywhere_is_read_to_its_last_whole_chunk(tmp_path: Path) -> None:
    ends = begun(tmp_path / "a")
    written = (tmp_path / "a").read_bytes()
    for length in range(len(written) + 1):
        (tmp_path / "a").write_bytes(written[:length])
        whole = sum(1 for end in ends if end <= length)
        assert read_begun(tmp_path / "a", SEAL).getvalue() == b"".join(PARTS[:whole])
        with pytest.raises(Unreadable):
            read_sealed(tmp_path / "a", SEAL)


def test_chunks_do_not_change_place_within_a_file_or_between_files(tmp_path: Path) -> None:
    first, second, _ = begun(tmp_path / "a")
    written = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(written[:first] + written[second:])
    assert read_begun(tmp_path / "a", SEAL).getvalue() == PARTS[0]
    (tmp_path / "b").write_bytes(written)
    assert read_begun(tmp_path / "b", SEAL).getvalue() == b""


def test_a_changed_byte_and_another_key_are_noticed(tmp_path: Path) -> None:
    write_sealed(tmp_path / "a", SEAL, b"content")
    with pytest.raises(Unreadable):
        read_sealed(tmp_path / "a", Seal(b"o" * 32))
    written = bytearray((tmp_path / "a").read_bytes())
    written[40] ^= 1
    (tmp_path / "a").write_bytes(written)
    with pytest.raises(Unreadable):
        read_sealed(tmp_path / "a", SEAL)

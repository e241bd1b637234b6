"""Where kept pictures go: onto the screen, into a shielded copy, onto paper, into a file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from console.footage.clip_exits import ClipExits
from console.footage.picture_view import PictureDialog
from console.footage.record import Kept
from console.footage.shield_view import ShieldDialog
from console.footage.shielding import Region, shielded
from console.footage.still import KeptFile
from console.footage.store import FootageStore, KeptAs
from console.footage.way_out import not_written, take_out
from console.kit.notices import Notice, Severity
from console.kit.picture import JPEG, JPEG_QUALITY, PNG, PNG_QUALITY, encoded, marked, thumb_of, with_strip
from console.kit.printing import Printing, Sheet
from db.stamp import Stamp
from db.whole_file import whole_file

if TYPE_CHECKING:
    from console.app.session import Session

PAPER_WIDTH = 640  # of the picture on a sheet, in the sheet's own pixels
T = TypeVar("T")
SUFFIX = {"still": ".jpg", "clip": ".mp4"}


class FootageExits(QObject):
    """Each way is written into the register before the picture is read.

    Signals: changed() there is a new copy.
    """

    changed = Signal()

    def __init__(self, session: Session, store: FootageStore, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._store = store
        self._window = window
        self._clips = ClipExits(session, store, session.keeping.copies, window)
        self._sheet: Sheet | None = None
        self._printing = Printing(session.reads, session.notices, session.report, self._sheet_now, window)

    def look(self, kept: Kept) -> None:
        """Show a picture in a window of ours, a clip in the desk's own player."""
        if kept.kind == "clip":
            self._clips.look(kept)
        else:
            attachment = kept.burned_id or kept.original_id
            self._read(partial(_image, self._store, kept, attachment), partial(self._on_picture, kept))

    def shield(self, kept: Kept) -> None:
        """Draw areas on what was taken as it was taken, and keep the copy."""
        if kept.kind == "clip":
            self._clips.shield(kept)
        else:
            read = partial(_image, self._store, kept, kept.original_id)
            self._read(read, partial(self._on_to_shield, kept))

    def take_out(self, kept: Kept, purpose: str, reason: str) -> None:
        """Print a picture, or ask where its file goes; `purpose` as in `FootageStore.export`."""
        if purpose == "print":
            attachment = kept.burned_id or kept.original_id
            export = partial(self._store.export, kept.id, attachment, purpose, reason)
            self._read(partial(_printable, export, kept), self._on_printable)
            return
        dialog = QFileDialog(self._window, self.tr("Save with watermark"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX[kept.kind])
        dialog.selectFile(f"{kept.camera_code}-{kept.id}{SUFFIX[kept.kind]}")
        dialog.fileSelected.connect(partial(self.save_as, kept, purpose, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_as(self, kept: Kept, purpose: str, reason: str, name: str) -> None:
        """Write the file with its watermark."""
        attachment, path = kept.burned_id or kept.original_id, Path(name)
        export = partial(self._store.export, kept.id, attachment, purpose, reason)
        if kept.kind == "clip":
            self._clips.save_as(kept, export, path)
            return
        zone = self._session.directory.workdays.tz
        work = partial(take_out, self._store, export, partial(_write_picture, path), zone)
        self._session.reads.run(work, partial(self._on_saved, path), partial(self._on_failed, path))

    def release(self) -> None:
        """Take away what was shown from here."""
        self._printing.release()
        self._clips.release()

    def _read(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._session.reads.run(work, done, self._session.report)

    def _on_picture(self, kept: Kept, image: QImage) -> None:
        PictureDialog(image, f"№ {kept.id} · {kept.camera_name}", self._window).show()

    def _on_to_shield(self, kept: Kept, image: QImage) -> None:
        title = self.tr("Shield № {id} for publication").format(id=kept.id)
        dialog = ShieldDialog(image, title, self._window)
        dialog.chosen.connect(partial(self._on_shielded, kept, image))
        dialog.show()

    def _on_shielded(self, kept: Kept, image: QImage, regions: Sequence[Region]) -> None:
        zone = self._session.directory.workdays.tz
        lines = [
            f"{kept.camera_name} · {kept.camera_code} · {kept.taken_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            self.tr("Shielded copy of picture № {id}").format(id=kept.id),
        ]
        work = partial(_keep_shielded, self._store, kept, image, regions, lines, uuid4())
        self._session.writes.run(work, self._on_kept, self._session.report)

    def _on_kept(self, _kept: KeptAs) -> None:
        self._session.notices.post(Notice(Severity.DONE, self.tr("The shielded copy is kept.")))
        self.changed.emit()

    def _on_printable(self, printable: tuple[Stamp, str, str]) -> None:
        stamp, name, body = printable
        zone = self._session.directory.workdays.tz
        self._sheet = Sheet(name, body, zone, partial(_itself, stamp), self._store.end_export)
        self._printing.print()

    def _sheet_now(self) -> Sheet | None:
        return self._sheet

    def _on_saved(self, path: Path, _nothing: None) -> None:
        text = self.tr("Saved with its watermark: {name}").format(name=path.name)
        self._session.notices.post(Notice(Severity.DONE, text))

    def _on_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, OSError):
            self._session.notices.post(not_written(path.name, error))
        else:
            self._session.report(error)


def _image(store: FootageStore, kept: Kept, attachment: int) -> QImage:
    return QImage.fromData(store.content(kept.id, attachment))


def _itself(stamp: Stamp) -> Stamp:
    return stamp


def _printable(export: Callable[[], tuple[Stamp, bytes]], kept: Kept) -> tuple[Stamp, str, str]:
    stamp, content = export()
    source = (
        f"data:{'image/jpeg' if kept.burned_id else kept.media_type};base64,{b64encode(content).decode()}"
    )
    title = f"№ {kept.id} · {kept.camera_name} · {kept.camera_code}"
    digest = f"SHA-256 {kept.sha256.hex()}"
    body = (
        f'<h3>{escape(title)}</h3><p>{escape(kept.reason)}</p><img src="{source}" width="{PAPER_WIDTH}">'
        f'<p class="f">{digest}</p>'
    )
    return stamp, f"{kept.camera_code}-{kept.id}", body


def _write_picture(path: Path, content: bytes, mark: str) -> None:
    with whole_file(path) as part:
        part.write_bytes(encoded(marked(QImage.fromData(content), mark), JPEG, JPEG_QUALITY))


def _keep_shielded(
    store: FootageStore,
    kept: Kept,
    image: QImage,
    regions: Sequence[Region],
    lines: Sequence[str],
    key: UUID,
) -> KeptAs:
    copy = shielded(image, regions)
    file = KeptFile.of(encoded(with_strip(copy, lines), PNG, PNG_QUALITY))
    described = [region.to_json() for region in regions]
    return store.keep_shielded(
        kept.id, key, kept.reason, described, file.content, file.sha256, thumb_of(copy)
    )

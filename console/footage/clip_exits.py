"""Where kept clips go: into the desk's own player, into a shielded copy, into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QWidget

from console.footage.clip_shield_view import ClipShieldDialog
from console.footage.copies import Copies, Copy
from console.footage.record import Kept
from console.footage.shielding import Region
from console.footage.still import KeptFile
from console.footage.store import FootageStore, KeptAs
from console.footage.way_out import take_out
from console.kit.notices import Notice, Severity
from console.kit.private_folder import PrivateFolder
from db.errors import Unavailable
from db.stamp import Stamp
from db.whole_file import whole_file

if TYPE_CHECKING:
    from console.app.session import Session

AGAIN_S = 5.0


class ClipExits(QObject):
    """Each way is written into the register before the clip is read."""

    def __init__(self, session: Session, store: FootageStore, copies: Copies, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._store = store
        self._copies = copies
        self._window = window
        self._folder: PrivateFolder | None = None
        self._looks: list[Copy] = []

    def look(self, kept: Kept) -> None:
        """Show a clip with the watermark in the desk's own player."""
        self._folder = self._folder or PrivateFolder()
        read = partial(self._store.content, kept.id, kept.original_id)
        work = partial(_watchable, self._folder.path(f"{kept.id}.mp4"), read, self._mark())
        title = self.tr("Clip № {id} to look at").format(id=kept.id)
        self._looks.append(self._copies.start(title, work, then=self._on_watchable))

    def shield(self, kept: Kept) -> None:
        """Draw areas on the clip as it was taken, and keep the copy."""
        title = self.tr("Shield clip № {id} for publication").format(id=kept.id)
        read = partial(self._store.content, kept.id, kept.original_id)
        failed = partial(self._copies.say, title)
        self._session.reads.run(partial(_to_shield, read), partial(self._on_to_shield, kept, title), failed)

    def save_as(self, kept: Kept, export: Callable[[], tuple[Stamp, bytes]], path: Path) -> None:
        """Write the file with its watermark."""
        zone = self._session.directory.workdays.tz
        work = partial(_save, self._store, export, path, zone)
        title = self.tr("Clip № {id} into {name}").format(id=kept.id, name=path.name)
        said = self.tr("Saved with its watermark: {name}").format(name=path.name)
        self._copies.start(title, work, said=said)

    def release(self) -> None:
        """Take away what was shown from here."""
        for copy in self._looks:
            copy.stop()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def _mark(self) -> str:
        """Say who looks: another program shows the clip, and may copy it."""
        me, now = self._session.me, self._session.clock.now()
        moment = f"{now.astimezone(self._session.directory.workdays.tz):%Y-%m-%d %H:%M:%S}"
        return " · ".join((f"{me.name} ({me.login})", me.unit, moment))

    def _on_watchable(self, path: Path) -> None:
        if self._folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("This desk has no program that shows clips.")
            self._session.notices.post(Notice(Severity.UNAVAILABLE, text))

    def _on_to_shield(self, kept: Kept, title: str, read: tuple[bytes, float, QImage]) -> None:
        content, seconds, first = read
        dialog = ClipShieldDialog(content, seconds, first, self._session.reads, title, self._window)
        dialog.chosen.connect(partial(self._on_chosen, kept, content))
        dialog.failed.connect(partial(self._copies.say, title))
        dialog.show()

    def _on_chosen(self, kept: Kept, content: bytes, regions: Sequence[Region]) -> None:
        work = partial(_keep_shielded, self._store, kept, content, regions, uuid4())
        title = self.tr("Shielded copy of clip № {id}").format(id=kept.id)
        said = self.tr("The shielded copy is kept.")
        self._copies.start(title, work, said=said, then=self._session.keeping.kept.emit)


def _watchable(path: Path, read: Callable[[], bytes], mark: str, copy: Copy) -> Path:
    from console.footage.clip_copy import marked_clip  # FFmpeg: a third of a second

    marked_clip(read(), path, mark, copy.step)
    return path


def _save(
    store: FootageStore,
    export: Callable[[], tuple[Stamp, bytes]],
    path: Path,
    zone: tzinfo,
    copy: Copy,
) -> None:
    take_out(store, export, partial(_write, path, copy), zone)


def _write(path: Path, copy: Copy, content: bytes, mark: str) -> None:
    folder = PrivateFolder()  # a console that ends meanwhile leaves half a clip where the next empties it
    try:
        with whole_file(path) as part:
            part.touch()  # a place that takes no file says so before minutes of work
            copyfile(_watchable(folder.path("clip.mp4"), lambda: content, mark, copy), part)
    finally:
        folder.remove()


def _to_shield(read: Callable[[], bytes]) -> tuple[bytes, float, QImage]:
    from console.footage.clip_pictures import look_into

    content = read()
    return content, *look_into(content)


def _keep_shielded(
    store: FootageStore, kept: Kept, content: bytes, regions: Sequence[Region], key: UUID, copy: Copy
) -> KeptAs:
    """Make the copy, and offer it until the server takes it: minutes of work are in it."""
    from console.footage.clip_copy import shielded_clip

    made, thumb = shielded_clip(content, regions, copy.step)
    file = KeptFile.of(made)
    described = [region.to_json() for region in regions]
    while True:
        try:
            return store.keep_shielded(kept.id, key, kept.reason, described, file.content, file.sha256, thumb)
        except Unavailable:
            copy.wait(AGAIN_S)

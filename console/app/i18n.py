"""Words in the person's language: catalogues are compiled when newer than their result, never committed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from db.admin.context import home
from resources import ROOT

SOURCE_LANGUAGE = "en"


def install_translator(app: QCoreApplication, language: str) -> None:
    """Make `app` speak `language`; the source texts are English."""
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language == SOURCE_LANGUAGE:
        return
    qt_words = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for catalogue in (qt_words / f"qtbase_{language}.qm", compiled(language)):
        translator = QTranslator(app)
        if translator.load(str(catalogue)):
            app.installTranslator(translator)


def compiled(language: str) -> Path:
    """Return the compiled catalogue, made anew when the source is newer."""
    source = ROOT / "i18n" / f"{language}.ts"
    target = home() / "cache" / f"{language}.qm"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        tool = Path(PySide6.__file__).parent / "lrelease"
        # Written beside and renamed, so that another console never loads half a file.
        fresh = target.with_suffix(".new")
        subprocess.run([tool, "-silent", source, "-qm", fresh], check=True, capture_output=True)
        fresh.replace(target)
    return target

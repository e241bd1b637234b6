"""Data files of the program: icons, themes, translations, templates."""

from pathlib import Path

ROOT = Path(__file__).parent

"""Where what people keep for the system lies: templates, plans, directories, lexicons, forms, certificates."""

from __future__ import annotations

import os
from pathlib import Path

TEMPLATES = "SOKET_TEMPLATES"


def folder_of(variable: str, name: str) -> Path:
    """Return the folder that an environment variable names, or the repository's own of a name."""
    named = os.environ.get(variable)
    return Path(named) if named else Path(__file__).resolve().parent.parent / name


def templates_folder() -> Path:
    """Return the folder of `documents/`, `email/`, `board/`, `page/`: `SOKET_TEMPLATES`, or the repository's own."""
    return folder_of(TEMPLATES, "templates")

"""Where the templates of mails, documents and pages lie."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "SOKET_TEMPLATES"


def templates_folder() -> Path:
    """Return the folder of `documents/`, `email/`, `board/`, `page/`: `SOKET_TEMPLATES`, or the repository's own."""
    given = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(given) if given else Path(__file__).resolve().parent.parent / "templates"

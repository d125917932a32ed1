"""Components' logs, kept small while they are written."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

logger = logging.getLogger(__name__)

MOST = 16 * 2**20  # bytes of a log; as many that were before them stay beside it


def keep_small(log: Path) -> None:
    """Set what a log holds apart as `….log.1`, in place of what lay there, once it is larger than MOST.

    The component has the file open and goes on appending to it, so its content is copied and the file emptied; the few
    lines that come between the two are lost. Where the disk is full the log stays as it is: that is no reason to end
    a component.
    """
    before = log.with_suffix(".log.1")
    try:
        if log.exists() and log.stat().st_size > MOST:
            before.unlink(missing_ok=True)  # first: it leaves its room to the copy
            shutil.copyfile(log, before)
            os.truncate(log, 0)
    except OSError:
        logger.exception("%s cannot be set apart", log)

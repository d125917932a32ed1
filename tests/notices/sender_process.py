"""A delivery in a process of its own: `python -m notices.sender_process FOLDER PORT`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from soket.notices.delivery import deliver
from soket.notices.smtp import SmtpSender

from .folder import FolderStore
from .world import World

if __name__ == "__main__":
    workspace = replace(World().workspace, store=FolderStore(Path(sys.argv[1])))
    delivery = deliver(workspace, SmtpSender("127.0.0.1", int(sys.argv[2]), timeout=20), per_minute=700)
    sys.exit(delivery.error)

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from record.verbs import unit_reports
from soket.notices import claims, timely
from soket.notices.ledger import Intent
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages import monitor


@pytest.fixture(autouse=True, scope="package")
def quick() -> Iterator[None]:
    """Write messages that hold nothing but their name, and derive registers straight away: the rest has its tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "write_message", _name_only)
        patch.setattr(monitor, "read_register", _register)
        patch.setattr(unit_reports, "read_register", _register)
        patch.setattr(timely, "read_register", _register)
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)


def _name_only(_workspace: object, intent: Intent, _moment: datetime) -> bytes:
    return f"X-Soket-Notice: {intent.notice.id}\r\nMessage-ID: {intent.notice.id}\r\n\r\n".encode()


def _register(workspace: Workspace) -> Register:
    derived = workspace.store.register  # type: ignore[attr-defined]
    return derived() if derived else read_register(workspace)

"""Which restarts of components are told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from soket.stack.state import State
from soket.stack.status import ComponentStatus, Phase, StackStatus, incidents

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def test_what_was_started_anew_within_the_hour_is_an_incident(tmp_path: Path) -> None:
    state = State.locate(tmp_path / "state")
    state.create()
    lately, long_ago = (NOW - timedelta(minutes=minutes) for minutes in (5, 61))
    told = StackStatus(
        Phase.READY,
        1,
        [
            ComponentStatus("scheduler", "Lập lịch", Phase.READY, restarts=2, restarted_at=lately.timestamp()),
            ComponentStatus("mail", "Thư", Phase.READY, restarts=1, restarted_at=long_ago.timestamp()),
            ComponentStatus("postgres", "PostgreSQL", Phase.READY),
        ],
    )
    told.save(state)
    assert incidents(state, NOW) == []  # nobody supervises it any more
    with state.locked():
        (found,) = incidents(state, NOW)
    assert (found.component, found.title, found.at) == ("scheduler", "Lập lịch", lately)

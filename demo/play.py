"""The demonstration itself: a fresh stack, sample files, a campaign played to its end, and its checks."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from rich.console import Console

from demo.checks import run_checks
from demo.evidence import Check, Evidence
from demo.patience import persist
from demo.players import cast
from demo.progress import Progress
from demo.watch import Happening, Sight
from demo.world import World
from soket.intake.check_pages import file_pages
from soket.notices.ledger import Ending, read_end, states
from soket.notices.lines import entries
from soket.record.keeping import read_register

# What is under way when the campaign ends, and what is waited for after a restart, still may come to its end.
GRACE = timedelta(seconds=90)

_TICK = 0.5
_LOOK_EVERY = 2.0


class Playing:
    """A campaign that is being played: its players, and what has been seen of it so far."""

    def __init__(self, world: World) -> None:
        self.world, self.sight = world, Sight()
        self._units, self._officials = cast(world)
        self._looked = 0.0

    def step(self) -> list[Happening]:
        """Let everybody do what is to be done now; return what was done and what has come, in words."""
        world, sight = self.world, self.sight
        events = self._units.play(world, sight)
        if time.monotonic() - self._looked >= _LOOK_EVERY:
            events += sight.look(world.workspace, world.mailbox.look())
            self._looked = time.monotonic()
        for official in self._officials:  # at each step: an office is open for a few seconds a day
            events += official.play(world, sight)
        return events

    @property
    def late(self) -> bool:
        """Whether the campaign's time is up, and what was then under way has had its time, too."""
        workspace = self.world.workspace
        return datetime.now(UTC) > workspace.clock.real_time(workspace.campaign.end) + GRACE

    @property
    def finished(self) -> bool:
        """Whether everybody has sent, every stage is done, and all mail has gone out."""
        workspace = self.world.workspace
        if not (self._units.done and all(self.sight.done(stage) for stage in workspace.plan.stages)):
            return False
        return all(state.ending for state in persist(lambda: states(workspace)).values())

    def close(self) -> None:
        """Send nothing more."""
        self._units.close()


def play(world: World, console: Console) -> None:
    """Play the campaign: units send, officials act, until every stage is done and all mail sent, or time is up."""
    with closing(Playing(world)) as playing, Progress(console, world) as progress:
        while True:
            progress.show(world.now, playing.step(), playing.sight)
            if playing.late or playing.finished:
                break
            time.sleep(_TICK)


def gather(world: World) -> Evidence:
    """Collect what is known of a campaign that was played, and make the pages of its checks for the board."""
    workspace = world.workspace
    ledger = persist(lambda: entries(workspace))
    sent = [entry.id for entry in ledger if entry.state is Ending.SENT]
    world.mailbox.look()
    operator = world.user_of(workspace.plan.roles.operator)
    return Evidence(
        workspace=workspace,
        scenario=world.scenario,
        register=persist(lambda: read_register(workspace)),
        rebuilt=persist(lambda: read_register(workspace, use_snapshot=False)),
        ledger=ledger,
        ends={notice: persist(lambda notice=notice: read_end(workspace, notice, Ending.SENT)) for notice in sent},  # type: ignore[misc]
        mailbox=world.mailbox.seen,
        check_runs=persist(lambda: file_pages(workspace)),
        failed_runs=operator.runs(f"{workspace.plan.id}.", "failed"),
    )


def verify(world: World) -> tuple[Evidence, list[Check]]:
    """Return the evidence, and every check of it."""
    evidence = gather(world)
    return evidence, run_checks(evidence)

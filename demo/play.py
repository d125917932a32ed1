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
from demo.watch import Sight
from demo.world import World
from soket.intake.check_pages import file_pages
from soket.notices.ledger import Ending, read_end, states
from soket.notices.lines import entries
from soket.record.keeping import read_register

# What is under way when the campaign ends, and what is waited for after a restart, still may come to its end.
GRACE = timedelta(seconds=90)

_TICK = 0.5
_LOOK_EVERY = 2.0


def play(world: World, console: Console) -> None:
    """Play the campaign: units send, officials act, until every stage is done and all mail sent, or time is up."""
    units, officials = cast(world)
    sight = Sight()
    end = world.workspace.clock.real_time(world.workspace.campaign.end)
    looked = 0.0
    with closing(units), Progress(console, world) as progress:
        while True:
            events = units.play(world, sight)
            if time.monotonic() - looked >= _LOOK_EVERY:
                events += sight.look(world.workspace, world.mailbox.look())
                looked = time.monotonic()
            for official in officials:  # at each tick: an office is open for a few seconds a day
                events += official.play(world, sight)
            progress.show(world.now, events, sight)
            if datetime.now(UTC) > end + GRACE or (units.done and _finished(world, sight)):
                break
            time.sleep(_TICK)


def _finished(world: World, sight: Sight) -> bool:
    if not all(sight.done(stage) for stage in world.workspace.plan.stages):
        return False
    return all(state.ending for state in persist(lambda: states(world.workspace)).values())


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

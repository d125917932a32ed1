"""The campaigns of a soak: each is played from its opening until it is over, one beside the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bench.plans import CAMPAIGN
from demo.mailbox import Mailbox
from demo.patience import persist
from demo.place import Place
from demo.play import Playing
from demo.scenario import load
from demo.world import World
from soket.clock import Clock
from soket.notices.ledger import states
from soket.notices.notice import Kind
from soket.notices.timely import has_to_wait
from soket.plan.model import Plan
from soket.record.workspace import open_workspace
from soket.stack.state import State


@dataclass
class Soaked:
    """One plan's campaign."""

    plan: Plan
    script: Path
    playing: Playing | None = None
    over: bool = False
    finished: bool = False
    unsent: int = 0  # mails that were still to go out when it was over

    @property
    def opens(self) -> datetime:
        """When it opens."""
        return self.plan.campaigns[0].start

    @property
    def closes(self) -> datetime:
        """When its closing day has passed."""
        return self.plan.campaigns[0].end

    def lived(self, now: datetime) -> float:
        """Return for how many days it has been open."""
        return max((min(now, self.closes) - self.opens) / timedelta(days=1), 0.0)


@dataclass
class Campaigns:
    """All of them."""

    state: State
    clock: Clock
    mailbox: Mailbox  # each mail is looked at once, by whichever campaign looks first
    all: Sequence[Soaked]
    mails: Counter[Kind] = field(default_factory=Counter)

    def step(self) -> None:
        """Let everybody in every open campaign do what is to be done now; open and close what is to be."""
        now = self.clock.now()
        for each in self.all:
            if each.over or each.opens > now:
                continue
            each.playing = each.playing or self._open(each)
            each.playing.step()
            if each.playing.late or each.playing.finished:
                self._end(each)

    def close(self) -> None:
        """End whatever is still open."""
        for each in self.all:
            if each.playing:
                self._end(each)

    def waiting(self) -> int:
        """Return how many mails of open campaigns could go out and have not."""
        open_ones = [each.playing.world.workspace for each in self.all if each.playing]
        return sum(
            state.ending is None and not has_to_wait(workspace, state)
            for workspace in open_ones
            for state in persist(lambda workspace=workspace: states(workspace)).values()  # type: ignore[misc]
        )

    def _open(self, soaked: Soaked) -> Playing:
        workspace = open_workspace(soaked.plan.id, CAMPAIGN)
        return Playing(World(Place.embedded(self.state), soaked.script, load(soaked.script), workspace, self.mailbox))

    def _end(self, soaked: Soaked) -> None:
        playing, soaked.playing = soaked.playing, None
        if playing is None:
            return
        soaked.over, soaked.finished = True, playing.finished
        left = persist(lambda: states(playing.world.workspace))
        soaked.unsent = sum(each.ending is None for each in left.values())
        self.mails += playing.sight.mails
        playing.close()
        playing.world.close()

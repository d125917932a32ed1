"""What the demonstration shows while it runs: a live page on a terminal, a line an event elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from demo.watch import Happening, Sight
from demo.world import World
from soket.notices.words import NOTICES
from soket.plan.model import Duty
from soket.record.words import RULINGS
from soket.text import format_date, format_stamp

_LINES = 12


class Progress:
    """Shows what happens; a context manager."""

    def __init__(self, console: Console, world: World) -> None:
        self._console = console
        self._world = world
        self._recent: deque[str] = deque(maxlen=_LINES)
        self._live = Live(console=console, refresh_per_second=4, transient=True) if console.is_terminal else None
        plan = world.workspace.plan
        self._owing = {each.code for each in plan.units if each.owes not in (Duty.EXEMPT, Duty.COVERAGE_PLAN)}

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def show(self, moment: datetime, events: Iterable[Happening], sight: Sight) -> None:
        """Show the campaign's moment, and what has just happened."""
        for event in sorted(events):
            line = f"{format_stamp(event.at)}  {event.told}"
            if self._live:
                self._recent.append(line)
            else:
                self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        if self._live:
            self._live.update(self._page(moment, sight))

    def _page(self, moment: datetime, sight: Sight) -> RenderableType:
        campaign = self._world.workspace.campaign
        standing = sight.standing(self._owing)
        rulings = ", ".join(f"{word.phrase} {standing[ruling]}" for ruling, word in RULINGS.items() if standing[ruling])
        mails = ", ".join(f"{NOTICES[kind].phrase} {count}" for kind, count in sorted(sight.mails.items()))
        facts = Table.grid(padding=(0, 2))
        facts.add_row("Ngày của đợt", Text(format_stamp(moment), style="bold"), f"đến {format_date(campaign.closes)}")
        facts.add_row("Đơn vị", rulings or "chưa gửi", f"trong {len(self._owing)} đơn vị phải báo cáo")
        facts.add_row("Thư", mails or "chưa có", "")
        stages = Table.grid(padding=(0, 2))
        for stage in self._world.workspace.plan.stages:
            last = next((record.note for record in reversed(sight.records) if record.stage == stage.id), "chưa mở")
            mark = "✔" if sight.done(stage) else "…"
            stages.add_row(mark, stage.title, Text(last.splitlines()[0][:90]))
        return Group(facts, Text(), stages, Text(), *(Text(line) for line in self._recent))

"""What runs beside Airflow and shares nothing with it: the watch over the monitor, and the units' page."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection

from soket.stack.airflow import environment, page_environment
from soket.stack.component import Component
from soket.stack.ports import HOST

WATCH_VARIABLE = "SOKET_WATCH_SECONDS"  # how often the watch looks, in real seconds; a replay's looks more often
_EVERY = "120"

_SILENT = 300.0  # seconds: longer than a bucket and a mail server that do not answer can hold it up


class _Soket(Component):
    """A component that is a command of soket's."""

    arguments: tuple[str, ...]

    def command(self) -> Sequence[str]:
        """Return the command line."""
        return [sys.executable, "-m", "soket.cli.main", *self.arguments]


class UnitsPage(_Soket):
    """The page on which units hand in their files."""

    name = "page"
    title = "Trang nộp của đơn vị"
    needs = ("clock", "seaweedfs")

    def environment(self) -> Mapping[str, str]:
        """Return what the page may know."""
        return page_environment(self.state)

    @property
    def port(self) -> int:
        """Return the page's port."""
        return self.state.ports["page"]

    @property
    def arguments(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return the command's words."""
        return ("page", "serve", "--host", HOST, "--port", str(self.port))

    def ready(self, since: float) -> bool:  # noqa: ARG002 - a dead server answers nothing
        """Ask for the part of the page that takes no link."""
        connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/-/style.css")
            return connection.getresponse().status == 200
        finally:
            connection.close()


class Watchman(_Soket):
    """`soket watch`, again and again."""

    name = "watch"
    title = "Canh gác “Theo dõi”"
    needs = ("clock", "seaweedfs", "mail")

    @property
    def arguments(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return the command's words."""
        return ("watch", "--json", f"--every={self.state.spec.settings.get(WATCH_VARIABLE, _EVERY)}")

    def environment(self) -> Mapping[str, str]:
        """Return what a process that works with the stack has, with the monitor's key of the store."""
        return environment(self.state, "monitor")

    def ready(self, since: float) -> bool:
        """Look whether it has looked."""
        return self._looked_at >= since

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - it has looked since, or it would not be ready
        """See when it looked last."""
        silent = time.time() - self._looked_at
        return f"{silent:.0f} giây rồi không xem" if silent > _SILENT else None

    @property
    def _looked_at(self) -> float:
        memory = self.state.root / "watch.json"
        return memory.stat().st_mtime if memory.exists() else 0.0

"""The state folder: everything the stack keeps on disk, in one place that can be carried off or thrown away."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soket.stack.spec import StackSpec

ENVIRONMENT_VARIABLE = "SOKET_STATE"
REPOSITORY = Path(__file__).resolve().parents[3]

_MARKER = "soket-state"
_LOCK = "lock"
_MARKER_TEXT = "This folder is the state of a soket stack. `soket up --reset` may delete it.\n"


class NotOursError(Exception):
    """The folder holds something that is not the stack's: nothing in it is touched."""


class BusyError(Exception):
    """Another supervisor holds the state folder."""


@dataclass(frozen=True)
class State:
    """A state folder and the files in it."""

    root: Path

    @classmethod
    def locate(cls, root: Path | str | None = None) -> State:
        """Return the state at `root`, or where SOKET_STATE points, or in `.soket` beside the package."""
        return cls(Path(root or os.environ.get(ENVIRONMENT_VARIABLE) or REPOSITORY / ".soket").resolve())

    @property
    def logs(self) -> Path:
        """Return the folder of the components' logs."""
        return self.root / "logs"

    @property
    def airflow(self) -> Path:
        """Return AIRFLOW_HOME."""
        return self.root / "airflow"

    def log(self, component: str) -> Path:
        """Return a component's log file."""
        return self.logs / f"{component}.log"

    def exists(self) -> bool:
        """Tell whether a stack was ever started here."""
        return (self.root / _MARKER).is_file()

    def create(self) -> None:
        """Make the folder and its marker; refuse a folder that holds other things."""
        self._refuse_foreign()
        # Others may pass through (PostgreSQL's user must reach its data when we are root), not look around.
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o711)
        marker = self.root / _MARKER
        marker.write_text(_MARKER_TEXT)
        marker.chmod(0o600)
        for folder in (self.logs, self.airflow):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def wipe(self) -> None:
        """Delete all but the caller's lock and other stacks' states; refuse a folder without our marker."""
        self._refuse_foreign()
        for path in self.root.iterdir():
            # The marker stays: a wipe that is cut short can be repeated.
            if path.name in (_MARKER, _LOCK) or State(path).exists():
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _refuse_foreign(self) -> None:
        """Refuse a folder of other things; other stacks' states may lie in it, as that of `make demo` does."""
        if self.exists() or not self.root.exists():
            return
        if any(path.name != _LOCK and not State(path).exists() for path in self.root.iterdir()):
            raise NotOursError(f"{self.root} is not empty and is not a soket state folder")

    def read(self, name: str) -> dict[str, Any]:
        """Return a JSON file's content, or nothing where there is no such file."""
        try:
            content: dict[str, Any] = json.loads((self.root / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return content

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a JSON file at once, readable by its owner alone."""
        write_private(self.root / name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def update(self, **values: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        """Set fields of `state.json`."""
        self.write("state.json", self.read("state.json") | values)

    @property
    def spec(self) -> StackSpec:
        """Return the spec of the last start."""
        return StackSpec.from_json((self.root / "spec.json").read_text(encoding="utf-8"))

    def has_spec(self) -> bool:
        """Tell whether there was a start."""
        return (self.root / "spec.json").exists()

    def save_spec(self, spec: StackSpec) -> None:
        """Keep the spec for the supervisor and for later commands."""
        write_private(self.root / "spec.json", spec.to_json() + "\n")

    @property
    def ports(self) -> dict[str, int]:
        """Return the port of each service."""
        ports: dict[str, int] = self.read("state.json").get("ports", {})
        return ports

    @property
    def clock(self) -> str | None:
        """Return the campaign clock of this stack, if it runs a replay."""
        return self.clock_file.read_text(encoding="utf-8") if self.clock_file.exists() else None

    @property
    def clock_file(self) -> Path:
        """Return where the clock of a replay stands, once it runs."""
        return self.root / "clock"

    def lock(self) -> int:
        """Take the folder for one supervisor; return the descriptor that holds it, to be inherited or closed."""
        self._refuse_foreign()
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        # Whoever asks `is_locked` holds the lock for a moment, as does a supervisor that was just killed.
        for _ in range(10):
            with suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            time.sleep(0.1)
        os.close(descriptor)
        raise BusyError(f"another supervisor holds {self.root}")

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the folder for a while."""
        descriptor = self.lock()
        try:
            yield descriptor
        finally:
            with suppress(OSError):
                os.close(descriptor)

    def is_locked(self) -> bool:
        """Tell whether a supervisor holds the folder now."""
        if not (self.root / _LOCK).exists():
            return False
        with (self.root / _LOCK).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


def write_private(path: Path, text: str) -> None:
    """Replace a file at once; nobody but its owner ever can read it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)

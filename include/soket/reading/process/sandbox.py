"""The sandbox: what a process that reads strangers' files gives up, as far as the kernel lets it.

The process that starts readers gives up most of it, for all of them; each goes behind the walls around files by itself,
with a folder of its own. What a kernel does not offer is left out: the limits on time and memory hold everywhere, and
each of the others is one wall of several.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import sysconfig
from pathlib import Path

import soket
from soket.reading.process import kernel
from soket.reading.process.kernel import Space

# A user that no program of a machine runs as: as `nobody` others do, the embedded PostgreSQL too.
NO_ACCOUNT = 65533

# What Python, LibreOffice and Tesseract are made of. Nothing of the state folder, of /home, of /var or /tmp.
_PROGRAMS = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/proc", "/sys/devices/system/cpu",
    "/var/cache/fontconfig", "/etc/ld.so.cache", "/etc/fonts", "/etc/libreoffice", "/etc/localtime", "/etc/passwd",
    "/etc/nsswitch.conf", "/dev/urandom", "/dev/random",
)  # fmt: skip
_READING = (*_PROGRAMS, sysconfig.get_path("stdlib"), sys.prefix, sys.base_prefix, str(Path(soket.__file__).parent))
_DEVICES = ("/dev/null", "/dev/zero")


class Starter:
    """The process that starts readers: of the rights of no account, in a network of its own that leads nowhere."""

    def __init__(self) -> None:
        kernel.gain_nothing()
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NO_ACCOUNT, NO_ACCOUNT, NO_ACCOUNT)
            os.setresuid(NO_ACCOUNT, NO_ACCOUNT, NO_ACCOUNT)
        self._first = kernel.unshare(Space.USER | Space.NET | Space.IPC | Space.PID)
        if self._first:
            _go_on_inside()
        kernel.hide_memory()
        kernel.refuse_calls()
        kernel.drop_capabilities()
        self._walls = kernel.Walls(_READING, _DEVICES)

    def go_inside(self, folder: str) -> None:
        """Leave this process, a reader, what reading one file takes; it may write into a folder only."""
        self._walls.stay_within(folder)

    def end_all(self, reader: int) -> None:
        """End what a reader that has ended started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._first:
                os.kill(-1, signal.SIGKILL)  # whatever is in our namespace but us
            else:
                os.killpg(reader, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while self._first and os.wait():
                pass


def _go_on_inside() -> None:
    """Go on as the first process of our namespace, with whose end all in it end."""
    inside = os.fork()
    if inside:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1]) & 0xFF)
    kernel.die_with_parent(signal.SIGKILL)

"""Become another program, one that is told when its supervisor dies.

`python -I -S become.py PARENT SIGNAL UID GID COMMAND…` changes to the user (-1 -1 stays who we are), asks Linux for
SIGNAL at the death of PARENT, and executes COMMAND in this same process. A program of its own, because code between
fork and exec is unsafe in a supervisor with threads. Standard library only: nothing else is importable here.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Replace this process with the command."""
    parent, signal, uid, gid = map(int, arguments[:4])
    command = arguments[4:]
    # What the components leave behind, sockets in /tmp too, is nobody else's.
    os.umask(0o077)
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of user, which clears it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal)
        if os.getppid() != parent:
            sys.exit("the supervisor is gone")
    os.execv(command[0], command)  # noqa: S606 - to become it is the point


if __name__ == "__main__":
    main(sys.argv[1:])

"""What Linux lets a process give up, for which Python has no functions; each of these says whether it took.

Numbers and structures are those of the kernel's headers: prctl.h, sched.h, landlock.h, seccomp.h, filter.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Iterable
from enum import IntFlag
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)


def _took(answer: Any) -> bool:  # noqa: ANN401 - ctypes
    return int(answer) == 0


_PARENT_DEATH_SIGNAL, _DUMPABLE, _NO_NEW_PRIVILEGES, _SECCOMP = 1, 4, 38, 22


class Space(IntFlag):
    """The kinds of namespaces."""

    IPC = 0x08000000
    USER = 0x10000000
    PID = 0x20000000
    NET = 0x40000000


def unshare(spaces: Space) -> bool:
    """Enter namespaces of our own; that of processes holds for children only."""
    return _took(_libc.unshare(int(spaces)))


def enter(space: int) -> bool:
    """Enter the namespace that a descriptor of /proc/self/ns stands for."""
    return _took(_libc.setns(space, 0))


def die_with_parent(signal: int) -> bool:
    """Let the kernel send this signal when our parent ends."""
    return _took(_libc.prctl(_PARENT_DEATH_SIGNAL, signal, 0, 0, 0))


def hide_memory() -> bool:
    """Let no other process of our user look into this one, or trace it."""
    return _took(_libc.prctl(_DUMPABLE, 0, 0, 0, 0))


def gain_nothing() -> bool:
    """Let no program that is started from here have more rights than we."""
    return _took(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def drop_capabilities() -> bool:
    """Give up the rights that a namespace of users gave us within it."""
    header = struct.pack("<Ii", 0x20080522, 0)
    return _took(_libc.capset(header, bytes(24)))


# Landlock: which files.

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 0b1101  # execute, read a file, read a folder
_DEVICE = 0b0110  # write, read
_OF_A_FILE = 0b111
_ALL = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_LATER = (1 << 16) - 1
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract sockets, signals to the outside


class Walls:
    """Walls around some files and what lies below them, which are looked up once for all who are to stay within."""

    def __init__(self, reading: Iterable[str], devices: Iterable[str]) -> None:
        self._version = int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))
        allowed = ((path, rights) for paths, rights in ((reading, _READ), (devices, _DEVICE)) for path in paths)
        found = (_opened(path, rights) for path, rights in allowed if self._version > 0)
        self._rules = [_rule(*place) for place in found if place]  # a place that is not there needs none

    def stay_within(self, folder: str) -> bool:
        """Give up all files but these, and a folder to write to; the network too, and other processes."""
        if self._version < 1:
            return False
        rights = _ALL.get(self._version, _ALL_LATER)
        network, scopes = _TCP if self._version >= 4 else 0, _SCOPES if self._version >= 6 else 0
        size = 24 if self._version >= 6 else 16 if self._version >= 4 else 8
        rules = _libc.syscall(_CREATE_RULESET, struct.pack("<QQQ", rights, network, scopes), ctypes.c_size_t(size), 0)
        if rules < 0:
            return False
        own = _opened(folder, rights)
        for rule in (*self._rules, *([_rule(*own)] if own else [])):
            _libc.syscall(_ADD_RULE, rules, 1, rule, 0)
        try:
            return _took(_libc.syscall(_RESTRICT_SELF, rules, 0))
        finally:
            os.close(rules)


def _opened(path: str, rights: int) -> tuple[int, int] | None:
    """Return a descriptor that stands for a place, and those of some rights that it can have; None where none is."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return None
    return place, rights if os.path.isdir(path) else rights & _OF_A_FILE  # noqa: PTH112 - a string to the kernel


def _rule(place: int, rights: int) -> bytes:
    return struct.pack("<Qi", rights, place)


# Seccomp: which calls.

_ARCHITECTURES = {
    "x86_64": (0xC000003E, {"socket": 41, "ptrace": 101, "mount": 165, "unshare": 272, "setns": 308, "bpf": 321,
                            "process_vm_readv": 310, "process_vm_writev": 311, "keyctl": 250, "io_uring_setup": 425}),
    "aarch64": (0xC00000B7, {"socket": 198, "ptrace": 117, "mount": 40, "unshare": 97, "setns": 268, "bpf": 280,
                             "process_vm_readv": 270, "process_vm_writev": 271, "keyctl": 219, "io_uring_setup": 425}),
}  # fmt: skip
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOWED, _REFUSED = 0x7FFF0000, 0x00050001  # refused with EPERM
_X32 = 0x40000000
_UNIX = 1


def refuse_calls() -> bool:
    """Refuse sockets other than those within this machine's files, and calls that reach into other processes."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    architecture, calls = known
    refused = [number for name, number in calls.items() if name != "socket"]
    allow, refuse = (_RETURN, 0, 0, _ALLOWED), (_RETURN, 0, 0, _REFUSED)
    filters = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        refuse,
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        refuse,
        *[step for number in refused for step in ((_EQUAL, 0, 1, number), refuse)],
        (_EQUAL, 1, 0, calls["socket"]),
        allow,
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, _UNIX),
        refuse,
        allow,
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *each) for each in filters))
    program = struct.pack("<H6xQ", len(filters), ctypes.addressof(code))
    return _took(_libc.prctl(_SECCOMP, 2, ctypes.c_char_p(program), 0, 0))

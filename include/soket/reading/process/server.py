"""The process that readers come from: it holds what they are made of, and starts a fresh one for each request.

It is asked over the socket that is its standard input: a message of JSON, with two descriptors, of the file's bytes and
of a pipe for the answer. What a reader writes goes through that pipe alone and ends with it, so that nothing of one
submission meets another. Once the reader and all that it started are gone, the message back says how it ended and what
it cost. This process itself never looks at a file but two of our own, and is given no credentials.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NoReturn

from soket.reading import formats, guards
from soket.reading.process import answers, child, kernel, sandbox

READY = b"ready"
LONGEST_REQUEST = 4_096
# A reader takes its memory in large pages: each page is a fault, which costs as much as filling many small ones.
SETTINGS = {"PYTHONSAFEPATH": "1", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=16777216"}

# What readers load when they need it, loaded once: where Python lies may be closed to them.
_LIBRARIES = ("lxml.etree", "olefile", "pypdfium2", "xlrd", "quopri",
              "email.iterators", "email.message", "email.parser")  # fmt: skip
# Python loads a coding when it is first used, and the folder it lies in may be closed to nobody.
_CODINGS = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp874",
            "cp932", "cp936", "cp949", "cp950", "mac_roman", "latin-1", "utf-16", "utf-16-le", "utf-16-be",
            "utf-8-sig")  # fmt: skip
# What libraries would ask others with. A reader has no network, and half of what loading pyHanko costs is for it.
_CLIENT = "aiohttp"


class _Absent(ModuleType):
    """Stands for a library that is not to be used, and is named by others all the same."""

    def __getattr__(self, name: str) -> type:
        return object


def load(libraries: Sequence[str] = ()) -> None:
    """Load what readers are made of, and more libraries where some are to do more."""
    if libraries:
        sys.modules.setdefault(_CLIENT, _Absent(_CLIENT))
    ours = (f"{each.__name__}.{module.name}" for each in (guards, formats) for module in iter_modules(each.__path__))
    for name in (*_LIBRARIES, *ours, *libraries):
        importlib.import_module(name)
    for coding in _CODINGS:
        codecs.lookup(coding)


def main() -> None:
    """Serve until our parent is gone; whatever a library prints goes to standard error."""
    folder, *libraries = sys.argv[1:]
    os.dup2(2, 1)
    gc.disable()  # what is loaded stays
    load(libraries)
    starter = sandbox.Starter()
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        control.send(READY)
        while _serve(control, starter, folder):
            pass


def _serve(control: socket.socket, starter: sandbox.Starter, folder: str) -> bool:
    """Answer the next request; return whether there was one."""
    request, descriptors, _, _ = socket.recv_fds(control, LONGEST_REQUEST, 2)
    if not request:
        return False
    file, answer = descriptors
    own = tempfile.mkdtemp(dir=folder)
    try:
        reader = os.fork()
        if reader == 0:
            control.close()
            _read(json.loads(request), file, answer, starter, own)
        os.close(file)
        os.close(answer)
        _, status, usage = os.wait4(reader, 0)
        starter.end_all(reader)
    finally:
        shutil.rmtree(own, ignore_errors=True)
    seconds, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10
    control.send(json.dumps([os.waitstatus_to_exitcode(status), seconds, memory]).encode())
    return True


def _read(request: dict[str, Any], file: int, answer: int, starter: sandbox.Starter, folder: str) -> NoReturn:
    """Read what one request brings as a reader, and end."""
    try:
        os.setsid()
        kernel.die_with_parent(signal.SIGKILL)
        gc.disable()
        tempfile.tempdir = folder
        starter.go_inside(folder)
        child.limit()
        with open(file, "rb") as given, open(answer, "wb") as pipe:
            pipe.writelines(answers.answer(request, given.read()))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    from soket.reading.process.rehearsal import rehearse

    load()
    rehearse()
    main()

"""Whose fault an error over a file is: what a library says of a broken file, and what nobody foresaw.

Each library is called in one of these contexts, and nothing of ours is: an error in our own code is no file's fault.
"""

from __future__ import annotations

import contextlib
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Iterator

from soket.reading.findings import FindingError

_MOST_DIGITS = 12  # of a number that an attribute states

_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    KeyError,  # a part that is not there
)


@contextlib.contextmanager
def unpacking() -> Iterator[None]:
    """Tell of a zip that cannot be unpacked as a broken file, or as one that is packed in a way of its own."""
    try:
        yield
    except FindingError:
        raise
    except NotImplementedError:  # NotImplementedError is a RuntimeError
        raise FindingError("TEP-57") from None
    except _ZIP:
        raise FindingError("TEP-05") from None


@contextlib.contextmanager
def library(*broken: type[Exception], code: str = "TEP-15") -> Iterator[None]:
    """Tell of a library's own errors as a broken file; over any other of its errors, leave the file to a person.

    Such an error may come of a broken file, or of one that office programs open all the same: who returned it for that
    would be wrong now and then.
    """
    try:
        yield
    except (FindingError, MemoryError):
        raise
    except broken:
        raise FindingError(code) from None
    except Exception as error:
        raise FindingError("TEP-30") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of a library in Rust; it has no name that could be imported
            raise
        raise FindingError("TEP-30") from error


def whole(text: str) -> int:
    """Return the whole number that an attribute states; raise FindingError where it is none, or beyond all bounds."""
    try:
        if len(text) <= _MOST_DIGITS:
            return int(text)
    except ValueError:
        pass
    raise FindingError("TEP-05")


def whole_or(text: str, default: int) -> int:
    """Return a whole number, or another where it is none: for what only matters to the eye."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else default


def number(text: str) -> float:
    """Return a number; raise FindingError where it is none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FindingError("TEP-05")
    return value

"""What it costs to judge a set: CPU seconds and peak memory, beyond the import of Great Expectations."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from soket.reading.pool import ReaderPool
from soket.reading.reader import Reader

T = TypeVar("T")
R = TypeVar("R")

MOST_SECONDS = 2.0
MOST_MEMORY = 300 << 20


@dataclass
class Cost:
    """CPU seconds and the bytes of the largest process; of these, what the guarded readers of its files took."""

    seconds: float = 0.0
    memory: int = 0
    reading_seconds: float = 0.0
    reading_memory: int = 0

    def __str__(self) -> str:
        return (
            f"{self.seconds:.2f} s, {self.memory >> 20} MiB; "
            f"readers {self.reading_seconds:.2f} s, {self.reading_memory >> 20} MiB"
        )

    @property
    def too_much(self) -> bool:
        return self.seconds > MOST_SECONDS or max(self.memory, self.reading_memory) > MOST_MEMORY


@dataclass
class Counted(ReaderPool):
    """Readers that say what each file cost them."""

    costs: list[list[float]] = field(default_factory=list)
    libraries: Sequence[str] = ()

    def __post_init__(self) -> None:
        super().__init__(libraries=self.libraries)

    def _with_reader(self, ask: Callable[[Reader], R]) -> R:
        def counted(reader: Reader) -> R:
            answer = ask(reader)
            self.costs.append(reader.cost)
            return answer

        return super()._with_reader(counted)


def apart(do: Callable[[], T]) -> tuple[T, float, int]:
    """Do something in a process of its own, which has what this one has loaded; return that, its seconds and bytes."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read_end)
        try:
            with os.fdopen(write_end, "wb") as pipe:
                pickle.dump(do(), pipe)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError("The process that judged ended early; what it says is above.")
    answer: Any = pickle.loads(said)  # noqa: S301 - our own
    return answer, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10

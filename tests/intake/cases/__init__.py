"""The corpus: what units really send, each with the verdict it must get.

Every module of this package holds `CASES`, one concept of intake a module. `python -m intake.cases FOLDER`, from
tests/, writes all their files out, to be opened and looked at.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from conftest import Desk
from soket.record.records import Ruling

A, W = Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS
REFERRED, RETURNED = Ruling.REFERRED, Ruling.RETURNED


@dataclass(frozen=True)
class Case:
    """One submission: the files, made when they are asked for, and what intake must say of them."""

    name: str
    files: Callable[[], Mapping[str, bytes]]
    ruling: Ruling
    codes: tuple[str, ...] = ()  # of every fault, each as often as it is told, in any order
    unit: str = "huyen_1"
    given: Callable[[Desk], None] = lambda desk: None  # what the bucket holds before

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", cache(self.files))  # bombs take a second to make


def all_cases() -> Iterator[tuple[str, Case]]:
    """Yield every case with its id, module by module."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "__main__"):
        for case in import_module(f"{__name__}.{module}").CASES:
            yield f"{module}-{case.name}", case

"""Sketches: a report's text as a few hundred numbers, by which reports are compared without being read again.

A text is taken as its runs of four words, each as a number; of those that are not the plan's own the smallest are kept.
The same run has the same number everywhere, so two sketches show alike what their texts share, in proportion.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from soket.narrative.sentences.prose import words
from soket.plan.model import Plan
from soket.record.records import SectionText

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint32]

SIZE = 512
RANGE = 1 << 32  # numbers are below it
_RUN = 4  # words
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
_FIGURE = 0  # in place of any number
_MIXER = 0xD6E8FEB86659FD93


def sketch_of(plan: Plan, text: str) -> bytes:
    """Return a text's sketch: numbers in ascending order, four bytes each; all of them where there are few."""
    import numpy as np

    own = np.setdiff1d(runs_of(text), _wording(_texts_of(plan)), assume_unique=True)
    return own[:SIZE].astype("<u4").tobytes()


def numbers_of(sketch: bytes) -> Numbers:
    """Return a sketch's numbers."""
    import numpy as np

    return np.frombuffer(sketch, dtype="<u4")


def limit_of(numbers: Numbers) -> int:
    """Return the number up to which a sketch is complete."""
    return int(numbers[-1]) if len(numbers) == SIZE else RANGE


def share_of(own: Numbers, other: Numbers, limit: int) -> tuple[float, int]:
    """Return what share of one text another has, and by how many numbers that was seen; `limit` is the first one's."""
    import numpy as np

    both = own[own <= min(limit, limit_of(other))]
    return (float(np.isin(both, other, assume_unique=True).mean()), len(both)) if len(both) else (0.0, 0)


def body_of(sections: Iterable[SectionText]) -> str:
    """Return what a report says under the outline's headings; what two sections share, once."""
    return "\n".join(dict.fromkeys(section.text for section in sections if section.text))


def runs_of(text: str) -> Numbers:
    """Return the numbers of a text's runs of words, each once, in ascending order.

    Runs with a figure are left out: a copy may have changed it, and "năm 2030 đạt 12 tỷ đồng" is said by everybody.
    """
    import numpy as np

    own = np.fromiter(map(_number_of, words(text)), dtype=np.uint64)
    last = len(own) - _RUN + 1
    if last < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(last, dtype=np.uint64)
    plain = np.ones(last, dtype=np.bool_)
    for offset, factor in enumerate(_FACTORS):
        word = own[offset : offset + last]
        mixed += word * np.uint64(factor)
        plain &= word != _FIGURE
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(_MIXER)
    return np.unique((mixed[plain] >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=1 << 16)
def _number_of(word: str) -> int:
    return _FIGURE if word[0].isdigit() else zlib.crc32(word.encode())


def _texts_of(plan: Plan) -> tuple[str, ...]:
    """Return what the plan, its outline and the request for reports say: anybody may say it after them."""
    outline: Sequence[str] = [f"{each.title}\n{each.guidance or ''}" for each in plan.outline]
    forms = [f"{form.title}\n" + "\n".join(each.name for each in form.indicators) for form in plan.forms]
    said = (plan.title, plan.resolution, plan.issuer, plan.confidentiality)
    return (*said, *plan.legal_basis, *plan.purposes, *plan.goals, *plan.request_guidance, *outline, *forms)


@lru_cache(maxsize=8)
def _wording(texts: tuple[str, ...]) -> Numbers:
    import numpy as np

    return np.unique(np.concatenate([runs_of(text) for text in texts]))


def to_text(sketch: bytes) -> str:
    """Return a sketch as JSON holds it."""
    return base64.b64encode(sketch).decode()


def from_text(text: str) -> bytes:
    """Return the sketch that `to_text` wrote; raise ValueError where it is none."""
    sketch = base64.b64decode(text, validate=True)
    numbers_of(sketch)
    return sketch

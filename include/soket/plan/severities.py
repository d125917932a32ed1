"""The faults whose severity a plan may set: those of reading a report in words, which by themselves only warn.

The plan names them and knows no more; what each is, and the words a unit reads, is the catalogue of intake.
"""

from __future__ import annotations

from enum import StrEnum


class SettableCode(StrEnum):
    """A fault that a plan may make graver, or lighter, for all its units."""

    SECTION_MISSING = "DC-01"
    NO_OUTLINE = "DC-02"
    SECTIONS_MERGED = "DC-03"
    SECTION_SHORT = "DC-04"
    SECTION_EMPTY = "DC-05"
    BLANKS_LEFT = "DC-06"
    GUIDANCE_LEFT = "DC-07"
    PLAN_PASTED = "DC-08"
    WORDS_AGAINST_TABLE = "TB-01"
    WRONG_MAGNITUDE = "TB-02"
    ALIKE = "GN-01"

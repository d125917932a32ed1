"""What a set of files amounts to."""

from __future__ import annotations

from intake import corpus
from intake.cases import RETURNED, A, Case, W

CASES = [
    Case("whole", lambda: {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}, A),
    Case("no table", lambda: {corpus.REPORT: corpus.report()}, RETURNED, ("HS-02",)),
    Case("no document", lambda: {corpus.TABLE: corpus.table()}, RETURNED, ("HS-01",)),
    Case("nil return", lambda: {corpus.REPORT: corpus.nil_return()}, W, ("HS-04",)),
]

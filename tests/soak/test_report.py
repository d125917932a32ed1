"""The table of a soak names what leaks, and has a place in the document."""

from __future__ import annotations

from typing import Any

from conftest import REPOSITORY
from soak.judgement import judge
from soak.report import END, START, leaks, lines

RESULTS: dict[str, Any] = {
    "machine": {"cores": 2, "memory": "24 GiB", "system": "Linux", "python": "3.11.7"},
    "date": "2026-11-29",
    "asked": {"plans": 2, "units": 12, "days": 70, "minutes": 6.0, "idle": 12.0},
    "lived": 70.0,
    "hours": 0.1,
    "finished": 2,
    "unsent": 0,
    "mails": {"receipt": 24, "request": 24},
    "looks": [
        {
            "hours": at / 10,
            "days": 10.0 * at,
            "ended": at // 4,
            "submissions": 12.0 * at,
            "memory": 2000.0,
            "files": 100.0 + 30 * at,
            "database": 30 + 1.5 * at,
        }
        for at in range(10)
    ],
}


def test_the_table_says_what_stays_grows_and_leaks() -> None:
    told = "\n".join(lines(RESULTS))
    assert "2 plans of 12 units over 70 days, of which 70 were lived through in 6 minutes; 10 looks." in told
    assert "(mails: 24 receipt, 24 request)" in told
    assert "| memory of all processes but the mail server, MiB | 2,000 | 2,000 | 2,000 | 0 | flat |" in told
    assert "| Airflow's database, MiB | 33 | 38.2 | 43.5 | 10.5 | 0.15 a day of a campaign |"
    assert "growth by the hour is not told from the record's" in told in told
    assert "| open file handles | 160 | 265 | 370 | 210 | **grows** |" in told
    assert leaks(judge(RESULTS["looks"])) == ["open file handles"]


def test_what_grows_while_nobody_does_anything_is_named() -> None:
    last = RESULTS["looks"][-1]
    rested = last | {"hours": last["hours"] + 0.05, "database": last["database"] + 2}
    told = "\n".join(lines(RESULTS | {"looks": [*RESULTS["looks"], rested]}))
    assert "Nobody did anything, and no campaign was open, for 180 s of it." in told
    assert "| Airflow's database, MiB | 33 | 39 | 45.5 | 12.5 | **grows while nobody does anything** (2) |" in told


def test_the_document_has_a_place_for_it() -> None:
    text = (REPOSITORY / "docs" / "performance.md").read_text(encoding="utf-8")
    assert text.index(START) < text.index(END)

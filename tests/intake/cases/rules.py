"""The plan's rules over figures: what each finds, and when it has nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from conftest import Desk, moment
from intake.cases import RETURNED, A, Case, W
from intake.plans import YEARS
from intake.turns import drop, turn
from reading import corpus
from soket.record.records import Figure, ParsedReport, Ruling, Submission, Verdict
from soket.store.keys import Keys

STAFF = (100, 120, 140)  # what a unit like the others says of CT05


def files(**changed: Sequence[object]) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(**changed)}


def peers(count: int, at: str = "2021-10-25 08:00", **changed: Sequence[object]) -> Callable[[Desk], None]:
    """So many other units sent the same before."""

    def given(desk: Desk) -> None:
        for index in range(2, 2 + count):
            drop(desk, f"huyen_{index}", dict(files(**({"CT05": STAFF} | changed))()), at)
        turn(desk())

    return given


def last_time(
    value: float | None,
    *,
    ruling: Ruling = Ruling.ACCEPTED,
    number: int = 1,
    judged_at: datetime = moment("2020-11-03 10:00"),  # noqa: B008 - a moment never changes
) -> Callable[[Desk], None]:
    """The unit said so of CT05 in 2019, in the campaign of 2020."""

    def given(desk: Desk) -> None:
        keys = Keys(desk.plan.id, "2020")
        figures = (Figure(indicator="CT05", year=YEARS[0], value=value, file="a.xlsx", cell="C11"),)
        key = keys.report("huyen_1", number, "parsed.json")
        parsed = ParsedReport(
            unit="huyen_1", number=number, kind=Submission.REPORT, sections=(), figures=figures, faults=()
        )
        verdict = Verdict(
            unit="huyen_1",
            number=number,
            kind=Submission.REPORT,
            ruling=ruling,
            late=False,
            judged_at=judged_at,
            faults=(corpus.CRITICAL,) if ruling is Ruling.RETURNED else (),
            parsed_key=key,
        )
        desk.store.put(key, parsed.to_json())
        desk.store.put(keys.report("huyen_1", number, "verdict.json"), verdict.to_json())

    return given


def both(*all_given: Callable[[Desk], None]) -> Callable[[Desk], None]:
    def given(desk: Desk) -> None:
        for each in all_given:
            each(desk)

    return given


CASES = [
    # A table of its own
    Case("row left blank", files(CT02=(None, None, None)), RETURNED, ("BS-04",)),
    Case("two years left blank", files(CT02=(None, 3, None)), W, ("BS-05",)),
    Case("optional row left blank", files(CT04=(None, None, None)), A),
    Case("count with decimals", files(CT01__2=(100.5, 100, 50)), RETURNED, ("SL-06",)),
    Case("below and above the range", files(CT03=(61, 163, -4)), RETURNED, ("R-CT03", "R-CT03")),
    Case("at the ends of the range", files(CT03=(0, 100, 50)), A),
    Case("total differs", files(CT01=(1000, 1200, 901)), RETURNED, ("S-CT01",)),
    Case("total without a part", files(CT01__1=(900, "chưa có số liệu", 850)), W, ("BS-06",)),
    Case(
        "part larger than what it is part of",
        files(CT01__1=(40, 1100, 850), CT01__2=(960, 100, 50)),
        RETURNED,
        ("O-CT01",),
    ),
    Case("equal is not larger", files(CT01__1=(500, 1100, 850), CT01__2=(500, 100, 50)), A),
    Case("steep", files(CT01=(1000, 5001, 900), CT01__1=(900, 4901, 850)), W, ("J-CT01", "J-CT01")),
    Case("from zero", files(CT01=(0, 1200, 900), CT01__1=(0, 1100, 850), CT01__2=(0, 100, 50)), A),
    # The target
    Case("below the target", files(CT05=STAFF), A, ("T-CT05",)),
    Case("above the target", files(CT05=(100, 120, 640)), A, ("T-CT05",)),
    Case("no figure in the last year", files(CT05=(100, 120, "-")), A),
    # The block
    Case("like the others", files(CT05=(300, 120, 140)), A, ("T-CT05",), given=peers(4)),
    Case("far above the others", files(CT05=(100, 500, 140)), W, ("P-CT05", "T-CT05"), given=peers(4)),
    Case("far below the others", files(CT05=(20, 120, 140)), W, ("P-CT05", "T-CT05"), given=peers(5)),
    Case("nothing beside the others", files(CT05=(0, 120, 140)), A, ("T-CT05",), given=peers(5)),
    Case("too few others", files(CT05=(100, 500, 140)), A, ("T-CT05",), given=peers(3)),
    Case("others that came later", files(CT05=(100, 500, 140)), A, ("T-CT05",), given=peers(5, "2021-11-01 09:30")),
    Case("others with nothing to measure by", files(CT05=(9, 9, 9)), A, ("T-CT05",), given=peers(5, CT05=(0, 0, "-"))),
    Case(
        "others returned for that figure", files(CT05=(9, 9, 9)), A, ("T-CT05",), given=peers(5, CT05=(1e6, 1e6, 1e6))
    ),
    # The campaign before
    Case("as said before", files(CT05=STAFF), A, ("T-CT05",), given=last_time(91.0)),
    Case("not as said before", files(CT05=STAFF), W, ("B-CT05", "T-CT05"), given=last_time(90.0)),
    Case("said to be nothing before", files(CT05=STAFF), W, ("B-CT05", "T-CT05"), given=last_time(0.0)),
    Case("not said before", files(CT05=STAFF), A, ("T-CT05",), given=last_time(None)),
    Case("said in what was returned", files(CT05=STAFF), A, ("T-CT05",), given=last_time(50.0, ruling=RETURNED)),
    Case(
        "said in what was returned, then put right",
        files(CT05=STAFF),
        A,
        ("T-CT05",),
        given=both(last_time(50.0, ruling=RETURNED), last_time(100.0, number=2)),
    ),
    Case(
        "corrected after it was accepted",
        files(CT05=STAFF),
        A,
        ("T-CT05",),
        given=both(last_time(50.0, number=9), last_time(100.0, number=10)),
    ),
    Case(
        "judged when this campaign was open",
        files(CT05=STAFF),
        A,
        ("T-CT05",),
        given=last_time(50.0, judged_at=moment("2021-10-20 08:00")),
    ),
]

"""What trials share: what was read once, and a process of Great Expectations that is replaced where it ended."""

from __future__ import annotations

import pytest

from conftest import Desk
from intake.cases.photos import allow
from intake.test_rules import frame_of
from intake.turns import IN_TIME, PlainValidator
from reading import corpus, pictures
from soket.intake.validation import Frame, ValidationFailedError
from soket.page.bench import Bench
from soket.page.trial import try_out
from soket.reading.formats import photographs
from soket.reading.process import child
from soket.record.keeping import read_register

from .conftest import UNIT, Clerk

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}


def test_the_same_bytes_are_read_once(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(child, "read", lambda *given, real=child.read: (read.append(given[0]), real(*given))[1])
    bench, workspace = Bench(), office(IN_TIME)
    register = read_register(workspace, keep=False)
    bench.read_ahead(office.plan, corpus.REPORT, GOOD[corpus.REPORT])
    for unit in (UNIT, "huyen_2"):
        _, verdict = try_out(workspace, register, unit, GOOD, bench)
        assert verdict.faults == try_out(workspace, register, unit, GOOD, Bench())[1].faults
    assert sorted(read[:2]) == ["docx", "xlsx"]
    assert len(read) == 2 + 2 * 2  # and once in each bench of its own


def test_a_photograph_is_made_a_page_once(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(
        photographs, "upright", lambda *given, real=photographs.upright: (made.append(given[0]), real(*given))[1]
    )
    allow(office)
    bench, workspace, photo = Bench(), office(IN_TIME), pictures.photo()
    bench.read_ahead(office.plan, "1.jpg", photo)
    for _ in range(2):
        receipt, _ = try_out(workspace, read_register(workspace, keep=False), UNIT, GOOD | {"1.jpg": photo}, bench)
        assert [len(file.pages) for file in receipt.files if file.pages] == [1]
    assert made == ["jpg"]


def test_a_process_that_ended_between_trials_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ending(PlainValidator):
        left = 1

        def run(self, frame: Frame) -> dict[str, object]:  # type: ignore[override]
            if Ending.left:
                Ending.left -= 1
                raise ValidationFailedError("ended with -9")
            return dict(super().run(frame))

    monkeypatch.setattr("soket.page.bench.Validator", Ending)
    bench = Bench()
    assert bench.checks.run(frame_of(-1.0))["x"].broken
    Ending.left = 2
    with pytest.raises(ValidationFailedError):
        bench.checks.run(frame_of(-1.0))
    bench.close()


def test_a_set_is_looked_at_from_its_last_byte_on(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    desks = clerk.app.state.desks  # type: ignore[attr-defined]
    monkeypatch.setattr(desks, "_begin", lambda visit, files: begun.append({file.name for file in files}))
    ahead = []
    monkeypatch.setattr(desks.bench, "read_ahead", lambda plan, name, data: ahead.append(name))
    clerk.come_in()
    home = clerk.home()
    told = [
        clerk.post(home + "tep", json={"name": name, "size": len(data), "modified": 1}).json()
        for name, data in GOOD.items()
    ]
    clerk.put(f"{home}tep/{told[0]['id']}?tu=0", content=GOOD[corpus.REPORT])
    assert begun == []
    clerk.put(f"{home}tep/{told[1]['id']}?tu=0", content=GOOD[corpus.TABLE])
    assert begun == [{corpus.REPORT, corpus.TABLE}]
    desks.close()
    assert ahead in ([], [corpus.REPORT])


def test_what_runs_beside_the_page_ends_with_it(office: Desk) -> None:
    clerk = Clerk(office)
    with clerk:
        assert clerk.come_in().get(clerk.home()).status_code == 200
        desks = clerk.app.state.desks  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match="after shutdown"):
        desks._turns.ask("a", "1", lambda: None)

from __future__ import annotations

import pytest

from intake.folders import FIELD, Folder, folders, judged
from intake.turns import PlainValidator
from soket.cli import report
from soket.plan.model import Plan

FOLDERS = list(folders(FIELD))

# What is not right yet, with the reason; one that has become right is taken off.
OPEN: dict[str, str] = {}


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_what_the_field_sends_is_judged_rightly(plan: Plan, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "Validator", PlainValidator)
    differences = folder.differences(plan, judged(plan, folder.files()))
    if folder.name in OPEN:
        assert differences, "it has become right: take it off the list"
    else:
        assert not differences


def test_what_is_open_is_there() -> None:
    assert set(OPEN) <= {folder.name for folder in FOLDERS}

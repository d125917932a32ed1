from __future__ import annotations

from datetime import date

import pytest

from soket.store.keys import Keys

KEYS = Keys("nq06_du_lich", "2021")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (KEYS.inbox, "inbox/nq06_du_lich/2021/"),
        (KEYS.inbox_folder("huyen_can_loc"), "inbox/nq06_du_lich/2021/huyen_can_loc/"),
        (KEYS.receipt("huyen_can_loc", 2), "receipts/nq06_du_lich/2021/huyen_can_loc/2.json"),
        (
            KEYS.report("huyen_can_loc", 2, "files/bao-cao.docx"),
            "reports/nq06_du_lich/2021/huyen_can_loc/2/files/bao-cao.docx",
        ),
        (KEYS.decision("extension-1"), "decisions/nq06_du_lich/2021/extension-1.json"),
        (KEYS.stage("ubnd_draft", 1, "du-thao.docx"), "stages/nq06_du_lich/2021/ubnd_draft/1/du-thao.docx"),
        (KEYS.stage("ubnd_draft", 1), "stages/nq06_du_lich/2021/ubnd_draft/1/"),
        (KEYS.stage_record("ubnd_draft", 1, "done"), "stages/nq06_du_lich/2021/ubnd_draft/1/records/done.json"),
        (
            KEYS.notice("request.huyen_can_loc.1", "intent.json"),
            "notices/nq06_du_lich/2021/request.huyen_can_loc.1/intent.json",
        ),
        (KEYS.register, "register/nq06_du_lich/2021.json"),
        (KEYS.archive("manifest.json"), "archive/nq06_du_lich/2021/manifest.json"),
    ],
)
def test_the_layout_of_the_bucket(made: str, expected: str) -> None:
    assert made == expected


@pytest.mark.parametrize(
    ("prefix", "key"),
    [
        (KEYS.inbox, KEYS.inbox_folder("a")),
        (KEYS.receipts, KEYS.receipt("a", 1)),
        (KEYS.reports, KEYS.report("a", 1, "verdict.json")),
        (KEYS.decisions, KEYS.decision("a")),
        (KEYS.stages, KEYS.stage_record("conference", 1, "done")),
        (KEYS.notices, KEYS.notice("a", "sent.json")),
        (KEYS.archive(), KEYS.archive("manifest.json")),
    ],
)
def test_what_is_written_is_found_under_its_prefix(prefix: str, key: str) -> None:
    assert prefix.endswith("/")
    assert key.startswith(prefix)


def test_campaigns_do_not_see_each_other() -> None:
    # "2021" is the beginning of "2021b": without the slash one would list the other.
    assert not Keys("nq06_du_lich", "2021b").receipt("a", 1).startswith(KEYS.receipts)


@pytest.mark.parametrize(
    ("rest", "owner"),
    [
        ("huyen_can_loc/bao-cao.docx", "huyen_can_loc"),
        ("huyen_can_loc/2021/bao-cao.docx", "huyen_can_loc"),
        ("huyen_can_loc/", "huyen_can_loc"),
        ("bao-cao.docx", ""),
        ("", ""),
    ],
)
def test_whose_folder_a_file_lies_in(rest: str, owner: str) -> None:
    assert KEYS.inbox_owner(KEYS.inbox + rest) == owner


@pytest.mark.parametrize(
    ("key", "receipt"),
    [
        (KEYS.receipt("huyen_can_loc", 2), True),
        (KEYS.receipt("huyen_can_loc__bieu_duong", 11), True),
        (KEYS.day_tree(date(2021, 5, 3)), False),
        (KEYS.receipts, False),
        (KEYS.receipts + "huyen_can_loc/2.json.spoilt-0a1b2c3d", False),
        (KEYS.report("huyen_can_loc", 2, "verdict.json"), False),
        (Keys("nq06_du_lich", "2026").receipt("huyen_can_loc", 2), False),
    ],
)
def test_which_keys_are_receipts(key: str, receipt: bool) -> None:
    assert KEYS.is_receipt(key) is receipt

"""A key on its way to its holder: opened once, by the link alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from soket.record import handover
from soket.record.handover import HOLDS, HandoverOverError, end_handovers, find_handover, hand_over, open_handover
from soket.record.workspace import Workspace

HOLDER, OTHER = "h_can_loc", "h_ky_anh"
SHEET = "Mã bí mật: rất-bí-mật"
NOW = "2021-11-01 09:00"

At = Callable[..., Workspace]


def test_it_is_shown_once_and_gone(workspace: At) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    assert open_handover(at, HOLDER, token) == SHEET
    with pytest.raises(HandoverOverError):
        open_handover(at, HOLDER, token)
    found = find_handover(at, HOLDER, token)
    assert found
    assert found.end
    assert (found.end.shown, found.end.at) == (True, at.now)
    assert not [key for key in at.store.objects if key.endswith("sealed.json")]


def test_the_bucket_alone_tells_nobody(workspace: At) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    kept = b"".join(key.encode() + data for key, (data, _) in at.store.objects.items())
    assert token.encode() not in kept
    assert "rất-bí-mật".encode() not in kept


def test_looking_changes_nothing(workspace: At) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    before = dict(at.store.objects)
    found = find_handover(at, HOLDER, token)
    assert found
    assert found.end is None
    assert not found.expired
    assert at.store.objects == before


def test_it_holds_for_three_days(workspace: At) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    late = workspace(at.now + HOLDS)
    found = find_handover(late, HOLDER, token)
    assert found
    assert found.expired
    with pytest.raises(HandoverOverError):
        open_handover(late, HOLDER, token)
    assert open_handover(workspace(at.now + HOLDS - timedelta(seconds=1)), HOLDER, token) == SHEET


@pytest.mark.parametrize("change", ["other", "tampered", "empty"])
def test_no_other_link_opens_it(workspace: At, change: str) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    wrong = {"other": token, "tampered": ("B" if token[0] == "A" else "A") + token[1:], "empty": ""}[change]
    holder = OTHER if change == "other" else HOLDER
    assert find_handover(at, holder, wrong) is None
    with pytest.raises(HandoverOverError):
        open_handover(at, holder, wrong)
    assert open_handover(at, HOLDER, token) == SHEET


def test_a_key_that_was_taken_away_or_replaced_is_not_shown(workspace: At) -> None:
    at = workspace(NOW)
    first = hand_over(at, HOLDER, "AK", SHEET)
    second = hand_over(at, HOLDER, "AL", SHEET + "2")
    found = find_handover(at, HOLDER, first)
    assert found
    assert found.end
    assert not found.end.shown
    assert end_handovers(at, HOLDER) == 1
    assert end_handovers(at, HOLDER) == 0
    for token in (first, second):
        with pytest.raises(HandoverOverError):
            open_handover(at, HOLDER, token)
    assert end_handovers(at, OTHER) == 0


def test_of_two_who_open_it_at_once_one_sees_it(workspace: At, monkeypatch: pytest.MonkeyPatch) -> None:
    at = workspace(NOW)
    token = hand_over(at, HOLDER, "AK", SHEET)
    read, seen = handover._read, []

    def meanwhile(*arguments: object) -> handover.Handover:
        found = read(*arguments)
        if not seen:
            seen.append("first")
            assert open_handover(at, HOLDER, token) == SHEET
        return found

    monkeypatch.setattr(handover, "_read", meanwhile)
    with pytest.raises(HandoverOverError):
        open_handover(at, HOLDER, token)

"""Servers' reports are read whatever their shape, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.notices.reports.dsn import read_report
from soket.notices.reports.outcome import Outcome

from . import bounces

ID = "0123456789abcdef0123456789abcdef@hatinh.example"
ADDRESS = "vanthu@so.example"


@pytest.mark.parametrize(
    ("write", "status", "said"),
    [
        (bounces.postfix, "5.1.1", "User unknown"),
        (bounces.exchange, "5.1.10", "RecipientNotFound"),
        (bounces.gmail, "5.1.1", "does not exist"),
        (bounces.exim, "5.2.2", "Mailbox full"),
        (bounces.qmail, "5.1.1", "no mailbox here"),
    ],
    ids=["postfix", "exchange", "gmail", "exim", "qmail"],
)
def test_a_mail_that_came_back(write: Callable[[str, str], bytes], status: str, said: str) -> None:
    report = read_report(write(ID, ADDRESS))
    assert report is not None
    assert ID in report.message_ids
    (told,) = report.told
    assert (told.addresses, told.outcome, told.status) == ((ADDRESS,), Outcome.BOUNCED, status)
    assert said in told.said


def test_a_delay_is_no_bounce() -> None:
    report = read_report(bounces.sendmail(ID, ADDRESS))
    assert report is not None
    assert [(told.outcome, told.status) for told in report.told] == [(Outcome.DELAYED, "4.4.1")]


def test_given_up_after_a_delay_is_a_bounce_whatever_its_status() -> None:
    report = read_report(bounces.postfix(ID, ADDRESS, action="failed", status="4.4.1"))
    assert report is not None
    assert report.told[0].outcome is Outcome.BOUNCED


@pytest.mark.parametrize(
    ("action", "outcome"), [("delivered", Outcome.DELIVERED), ("relayed", None), ("expanded", None)]
)
def test_only_what_arrived_is_delivered(action: str, outcome: Outcome | None) -> None:
    report = read_report(bounces.postfix(ID, ADDRESS, action=action, status="2.0.0"))
    assert report is not None
    assert report.told[0].outcome is outcome


def test_the_envelope_id_alone_names_the_mail() -> None:
    report = read_report(bounces.postfix(ID, ADDRESS, returned=False, envelope_id=ID))
    assert report is not None
    assert report.message_ids == {ID}


def test_the_address_we_wrote_to_comes_before_where_it_was_forwarded() -> None:
    report = read_report(bounces.postfix(ID, "nha.rieng@khac.example", original="a+2Bb@so.example"))
    assert report is not None
    assert report.told[0].addresses == ("a+b@so.example", "nha.rieng@khac.example")


def test_the_copy_of_the_mail_tells_nothing_of_other_addresses() -> None:
    report = read_report(bounces.qmail(ID, ADDRESS))
    assert report is not None
    assert {address for told in report.told for address in told.addresses} == {ADDRESS}


def test_words_without_a_reply_are_not_guessed_at() -> None:
    report = read_report(bounces.qmail(ID, ADDRESS, said="Something went wrong."))
    assert report is not None
    assert report.told == ()


@pytest.mark.parametrize(
    "data",
    [
        bounces.out_of_office(ID, ADDRESS),
        bounces.read_receipt(ID, ADDRESS),
        bounces.plain("Van thu <vanthu@so.example>", "Re: Nhắc", f"Chúng tôi đã gửi. 550 5.1.1 {ADDRESS} {ID}"),
        bounces.plain("postmaster@so.example", "Bảo trì", "Máy chủ nghỉ tối nay."),
        b"",
        b"\xff\xfe\x00",
    ],
    ids=["out of office", "read receipt", "a person", "a postmaster's letter", "empty", "binary"],
)
def test_what_is_no_report(data: bytes) -> None:
    assert read_report(data) is None


@given(
    st.integers(0, 3000), st.binary(max_size=20), st.sampled_from(["postfix", "exchange", "gmail", "sendmail", "exim"])
)
def test_a_damaged_report_is_read_or_not_but_never_fails(at: int, noise: bytes, name: str) -> None:
    data = getattr(bounces, name)(ID, ADDRESS)
    read_report(data[:at] + noise + data[at + len(noise) :])
    read_report(data[:at])

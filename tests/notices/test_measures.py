"""What Prometheus is told of a campaign, and whether all is well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from wsgiref.util import setup_testing_defaults

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from board.campaigns import a_campaign_in_the_middle
from soket.notices.ledger import states
from soket.notices.measures import OLDEST, Measures, app
from soket.notices.watch import Sight
from soket.record.keeping import read_register
from soket.record.tally import Progress, tally
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError

CALM = [Sight("nq06/2021", None)]


@pytest.fixture(scope="module")
def campaign() -> Workspace:
    return a_campaign_in_the_middle()


@pytest.fixture
def measures(campaign: Workspace) -> Measures:
    measures = Measures()
    measures.take([campaign], CALM, datetime.now(UTC))
    return measures


def ask(measures: Measures, path: str) -> tuple[str, str]:
    """Return status and text of an answer."""
    environ: dict[str, object] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    begun: list[str] = []

    def start(status: str, _headers: object, _info: object = None) -> Callable[[bytes], object]:
        begun.append(status)
        return print

    body = b"".join(app(measures)(environ, start))
    return begun[0], body.decode()


def told(measures: Measures) -> Mapping[str, Metric]:
    status, text = ask(measures, "/metrics")
    assert status.startswith("200")
    return {family.name: family for family in text_string_to_metric_families(text)}


def test_units_are_counted_as_everywhere_else(campaign: Workspace, measures: Measures) -> None:
    counts = tally(read_register(campaign).reporting(campaign.plan), campaign.now)
    samples = told(measures)["soket_units"].samples
    assert {sample.labels["progress"]: int(sample.value) for sample in samples} == {
        progress: counts.by[progress] for progress in Progress
    }
    assert {(sample.labels["plan"], sample.labels["campaign"]) for sample in samples} == {
        (campaign.plan.id, campaign.campaign.code)
    }
    assert told(measures)["soket_units_overdue"].samples[0].value == counts.overdue


def test_each_mail_is_counted_once(campaign: Workspace, measures: Measures) -> None:
    assert sum(sample.value for sample in told(measures)["soket_mails"].samples) == len(states(campaign)) > 0


def test_verdicts_and_what_waits_have_ages(measures: Measures) -> None:
    families = told(measures)
    taken = {sample.labels["statistic"]: sample.value for sample in families["soket_verdict_seconds"].samples}
    assert 0 <= taken["median"] <= taken["most"]
    for name in ("soket_oldest_unjudged_seconds", "soket_oldest_waiting_mail_seconds"):
        assert families[name].samples[0].value >= 0


def test_being_asked_costs_the_bucket_nothing(
    campaign: Workspace, measures: Measures, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(measures, "/metrics")
    monkeypatch.setattr(campaign.store, "list", lambda _prefix: pytest.fail("the bucket was asked"))
    assert ask(measures, "/metrics") == before


def test_health_says_what_is_wrong_in_words(measures: Measures, campaign: Workspace) -> None:
    assert ask(measures, "/healthz") == ("200 OK", "ổn\n")
    measures.take([campaign], [*CALM, Sight("stack/scheduler", "không có nhịp tim")], datetime.now(UTC))
    assert ask(measures, "/healthz") == ("503 Service Unavailable", "stack/scheduler: không có nhịp tim\n")
    assert told(measures)["soket_troubles"].samples[0].value == 1


def test_a_watch_that_stopped_looking_is_not_well(measures: Measures) -> None:
    now = datetime.now(UTC)
    assert measures.unwell(now) == []
    assert measures.unwell(now + 2 * OLDEST)
    assert Measures().unwell(now) == ["chưa xem lại từ lúc khởi động"]


def test_a_bucket_that_does_not_answer_leaves_the_look_before(
    campaign: Workspace, measures: Measures, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(measures)["soket_units"].samples

    def dead(_prefix: str) -> list[str]:
        raise StoreFailedError

    monkeypatch.setattr(campaign.store, "list", dead)
    trouble = Sight("nq06/2021", "kho dữ liệu không trả lời")
    measures.take([campaign], [trouble], datetime.now(UTC))
    assert told(measures)["soket_units"].samples == before
    assert ask(measures, "/healthz")[0].startswith("503")

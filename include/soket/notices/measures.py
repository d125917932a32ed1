"""What a monitoring system is told: numbers that Prometheus collects, and whether all is well.

They are taken at each look of the watch and kept until the next, so that being asked costs the bucket nothing. Ages are
of real time: a silent bucket or mail server does not live in campaign time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import ThreadingWSGIServer, make_wsgi_app
from prometheus_client.registry import Collector

from soket.notices.ledger import states
from soket.notices.watch import Sight
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.tally import Progress, tally
from soket.record.workspace import Workspace
from soket.store.store import StoreFailedError

OLDEST = timedelta(minutes=5)  # of a look: watches look once a minute

_RECENT = timedelta(days=1)  # campaign time: whose verdicts tell how long one takes
_OF_A_CAMPAIGN = ("plan", "campaign")

_Measure = tuple[str, tuple[str, ...], float]  # name, labels beyond plan and campaign, value


class Measures(Collector):
    """What the last look found, for whoever asks until the next."""

    def __init__(self) -> None:
        self._looked: datetime | None = None
        self._wrong: list[str] = []
        self._measured: dict[tuple[str, str], list[_Measure]] = {}  # by plan and campaign

    def take(self, workspaces: Iterable[Workspace], sights: Sequence[Sight], now: datetime) -> None:
        """Measure each campaign; `now` is real. What the bucket does not say now is as it was at the look before."""
        self._wrong = [f"{sight.campaign}: {sight.message}" for sight in sights if sight.message]
        self._looked = now
        measured = {}
        for workspace in workspaces:
            labels = (workspace.plan.id, workspace.campaign.code)
            try:
                measured[labels] = list(_measured(workspace, now))
            except StoreFailedError:  # the sights tell it
                measured[labels] = self._measured.get(labels, [])
        self._measured = measured

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what was measured, as Prometheus asks for it."""
        families = _families()
        for labels, measures in self._measured.items():
            for name, extra, value in measures:
                families[name].add_metric([*labels, *extra], value)
        if self._looked is not None:
            families["soket_troubles"].add_metric([], len(self._wrong))
            families["soket_looked_timestamp_seconds"].add_metric([], self._looked.timestamp())
        yield from families.values()

    def unwell(self, now: datetime) -> list[str]:
        """Return what is wrong, a line each; nothing where the watch looked lately and all was well."""
        if self._looked is None or now - self._looked > OLDEST:
            return [
                f"chưa xem lại từ {self._looked.isoformat(timespec='seconds') if self._looked else 'lúc khởi động'}"
            ]
        return self._wrong


def _families() -> dict[str, GaugeMetricFamily]:
    families = [
        GaugeMetricFamily("soket_units", "Units that owe a report, by progress.", labels=[*_OF_A_CAMPAIGN, "progress"]),
        GaugeMetricFamily("soket_units_overdue", "Units whose date passed, to be chased.", labels=_OF_A_CAMPAIGN),
        GaugeMetricFamily(
            "soket_oldest_unjudged_seconds", "Age of the oldest submission without verdict.", labels=_OF_A_CAMPAIGN
        ),
        GaugeMetricFamily(
            "soket_verdict_seconds",
            "From receipt to verdict, of a day's verdicts.",
            labels=[*_OF_A_CAMPAIGN, "statistic"],
        ),
        GaugeMetricFamily("soket_mails", "Mails of the campaign, by fate.", labels=[*_OF_A_CAMPAIGN, "fate"]),
        GaugeMetricFamily("soket_oldest_waiting_mail_seconds", "Age of the oldest unsent mail.", labels=_OF_A_CAMPAIGN),
        GaugeMetricFamily("soket_troubles", "What the watch finds wrong."),
        GaugeMetricFamily("soket_looked_timestamp_seconds", "When the watch looked last."),
    ]
    return {family.name: family for family in families}


def _measured(workspace: Workspace, now: datetime) -> Iterator[_Measure]:
    """Yield names, further labels and values of a campaign."""
    register = read_register(workspace)
    counts = tally(register.reporting(workspace.plan), workspace.now)
    for progress in Progress:
        yield "soket_units", (progress.value,), counts.by[progress]
    yield "soket_units_overdue", (), counts.overdue
    unjudged = [each.received_at for entry in register.units.values() for each in entry.unjudged]
    lying = [drop.arrived_at for entry in register.units.values() for drop in entry.pending]
    yield "soket_oldest_unjudged_seconds", (), _oldest((workspace.clock.real_time(at) for at in unjudged + lying), now)
    if taken := list(_verdict_seconds(workspace, register)):
        yield "soket_verdict_seconds", ("median",), median(taken)
        yield "soket_verdict_seconds", ("most",), max(taken)
    mails = states(workspace).values()
    for fate, count in sorted(Counter(str(mail.fate) for mail in mails).items()):
        yield "soket_mails", (fate,), count
    waiting = (mail.posted for mail in mails if mail.ending is None and mail.posted)
    yield "soket_oldest_waiting_mail_seconds", (), _oldest(waiting, now)


def _oldest(moments: Iterable[datetime], now: datetime) -> float:
    return max((max((now - moment).total_seconds(), 0.0) for moment in moments), default=0.0)


def _verdict_seconds(workspace: Workspace, register: Register) -> Iterator[float]:
    """Yield how long each verdict of the last day took, from the last file's arrival."""
    since, real = workspace.now - _RECENT, workspace.clock.real_time
    for entry in register.units.values():
        received = {receipt.number: receipt.received_at for receipt in entry.receipts}
        for verdict in entry.verdicts:
            if verdict.judged_at > since and verdict.number in received:
                yield (real(verdict.judged_at) - real(received[verdict.number])).total_seconds()


def serve(measures: Measures, host: str, port: int) -> None:
    """Answer from a thread of its own, as long as the process lives."""
    server = make_server(host, port, app(measures), ThreadingWSGIServer, _Quiet)
    Thread(target=server.serve_forever, daemon=True).start()


def app(measures: Measures) -> WSGIApplication:
    """Return what answers `/metrics` and `/healthz`."""
    registry = CollectorRegistry()
    registry.register(measures)
    metrics: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/healthz":
            return metrics(environ, start)
        wrong = measures.unwell(datetime.now(UTC))
        status = "503 Service Unavailable" if wrong else "200 OK"
        start(status, [("Content-Type", "text/plain; charset=utf-8")])
        return ["\n".join(wrong or ["ổn"]).encode() + b"\n"]

    return answer


class _Quiet(WSGIRequestHandler):
    """Being asked each few seconds is nothing to note."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Note nothing."""

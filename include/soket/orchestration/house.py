"""What all DAGs of a plan share: names, assets, defaults and documentation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Asset, AssetOrTimeSchedule
from airflow.sdk.definitions.asset import BaseAsset

from soket import clock as clocks
from soket.orchestration.backstop import stage_alerts
from soket.orchestration.operation import Operation
from soket.orchestration.timetables import CampaignTimetable, Moment, WhileOpenTimetable
from soket.plan.dates import say_deadline
from soket.plan.model import Plan, StageName
from soket.record.workspace import Workspace
from soket.stages import unit_reports
from soket.text import format_date

# What wakes the next stage. Airflow takes ASCII alone for names of assets.
REPORTS = "bao-cao-don-vi"
DRAFT = "du-thao-chinh-thuc"
DRAFT_TO_REDO = "du-thao-phai-lam-lai"  # returned, or reports came after it: one asset, so that it points back alone
APPRAISED = "bao-cao-da-tham-dinh"
INVITED = "giay-moi-hoi-nghi"


class House:
    """One plan's ways of building DAGs."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.clock = clocks.from_environment()
        self.start_date = min(campaign.start for campaign in plan.campaigns)

    def asset(self, name: str) -> Asset:
        """Return an asset of the plan, by its short name."""
        return Asset(name=f"{self.plan.id}/{name}", uri=f"soket://{self.plan.id}/{name}")

    def timetable(self, moments: list[Moment]) -> CampaignTimetable:
        """Return a timetable of campaign moments on this process's clock."""
        return CampaignTimetable(moments, self.clock.to_env())

    def stage_timetable(self, stage: StageName) -> CampaignTimetable:
        """Return the timetable of a stage: one date a campaign, its opening."""
        return self.timetable(
            [Moment(campaign.stages[stage].opening, campaign.end) for campaign in self.plan.campaigns]
        )

    def while_open(self) -> WhileOpenTimetable:
        """Return the timetable that runs without pause while a campaign of the plan is open."""
        spans = [Moment(campaign.start, campaign.end) for campaign in self.plan.campaigns]
        return WhileOpenTimetable(spans, self.clock.to_env())

    def woken_by(self, timetable: CampaignTimetable, assets: BaseAsset) -> AssetOrTimeSchedule:
        """Return the schedule of a stage: its own dates, or an asset that wakes it before or after."""
        # The scheduler's own Timetable is what plugins provide; the SDK's annotation knows only its built-in ones.
        return AssetOrTimeSchedule(timetable=timetable, assets=assets)  # type: ignore[arg-type]

    def dag(self, name: str, title: str, doc: str, *, schedule: Any, **options: Any) -> DAG:  # noqa: ANN401 - DAG's own
        """Return an empty DAG named after the plan, with the house's defaults."""
        options.setdefault("start_date", self.start_date)
        options.setdefault("max_active_runs", 1)
        if name in self.plan.stages:
            options["deadline"] = stage_alerts(self.plan, StageName(name), self.clock)
        return DAG(
            dag_id=f"{self.plan.id}.{name}",
            dag_display_name=f"{self.plan.short_title} · {title}",
            description=title,
            doc_md=doc,
            schedule=schedule,
            catchup=False,
            is_paused_upon_creation=False,
            default_args={
                "owner": self.owner(name),
                "retries": 3,
                "retry_delay": timedelta(seconds=5),
                "retry_exponential_backoff": True,
                "max_retry_delay": timedelta(minutes=5),
            },
            tags={self.plan.id, "soket"},
            **options,
        )

    def owner(self, name: str) -> str:
        """Return the short name of the office that answers for a DAG."""
        stage = self.plan.stages.get(name)  # type: ignore[call-overload]
        return self.plan.office(stage.owner if stage else self.plan.roles.operator).short_name

    def stage_doc(self, stage: StageName, what: str, when_red: str) -> str:
        """Return a stage's documentation: what it does, for whom, by when, and what to do when it is red."""
        entry = self.plan.stages[stage]
        dates = "\n".join(
            f"- Đợt {campaign.code}: mở ngày {format_date(campaign.stages[stage].opens)}, "
            f"{say_deadline(campaign.stages[stage])}"
            for campaign in self.plan.campaigns
        )
        return (
            f"### {entry.title}\n\n{what}\n\n"
            f"- Chủ trì: {self.plan.office(entry.owner).name}\n"
            f"- Nơi nhận: {self.plan.office(entry.receiver).name}\n"
            f"- Sản phẩm: {entry.delivers}\n"
            f"- Căn cứ: {entry.source}\n\n"
            f"**Thời hạn**\n\n{dates}\n\n"
            f"**Khi có bước màu đỏ**\n\n{when_red}\n"
        )

    def answers(self) -> Operation:
        """Return the step that answers every verdict, review and new date that has no answer yet."""
        return self.step(
            "acknowledge",
            "Trả lời đơn vị",
            unit_reports.answer_units,
            doc="Mỗi kết luận một thư: tiếp nhận, chuyển cán bộ xem, trả lại kèm phiếu; mỗi hạn mới một thư.",
            mails=True,
            trigger_rule="none_failed",
        )

    def step(
        self,
        task_id: str,
        title: str,
        operation: Callable[[Workspace], str],
        *,
        doc: str,
        **options: Any,  # noqa: ANN401 - Operation's own
    ) -> Operation:
        """Return a task that makes one call into the domain."""
        return Operation(
            task_id=task_id,
            task_display_name=title,
            doc_md=doc,
            plan=self.plan.id,
            operation=operation,
            **options,
        )

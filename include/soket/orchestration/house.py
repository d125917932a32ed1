"""What all DAGs of a plan share: names, assets, defaults and documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Asset, AssetAny, AssetOrTimeSchedule

from soket import clock as clocks
from soket.orchestration.backstop import stage_alerts
from soket.orchestration.operation import Operation
from soket.orchestration.runs import job_of
from soket.orchestration.timetables import CampaignTimetable, Moment, WhileOpenTimetable
from soket.plan.campaigns import date_of, lane_mark, lanes
from soket.plan.dates import say_deadline
from soket.plan.model import Campaign, Plan, Stage, StageKind
from soket.stack.pulse import POOL
from soket.text import ascii_slug, format_date

# Steps weigh the days from when they are due to here; what people wait for weighs more than any of these.
_HORIZON = date(2200, 1, 1)
_BY_ITSELF = """
**Bước màu hồng**: lượt này không có việc ở bước ấy; không phải lỗi, không ai phải làm gì.

**Chạy**, **Làm lại** và các nút bật tắt, xóa: người vận hành bấm; tài khoản khác bấm thì bị từ chối.
"""
_FIRST = 100_000


class House:
    """One plan's ways of building DAGs."""

    def __init__(self, plan: Plan, lane: int | None = None) -> None:
        """Build for all campaigns, or for those of one lane: two that are open at once have DAGs of their own."""
        mine = plan.campaigns if lane is None else lanes(plan.campaigns)[lane]
        self.plan = plan if len(mine) == len(plan.campaigns) else plan.model_copy(update={"campaigns": mine})
        self.lane = lane_mark(lane or 0)
        self.clock = clocks.from_environment()
        self.start_date = date_of(self.clock, min(campaign.start for campaign in plan.campaigns))
        self.campaign = self.plan.present_campaign(self.clock.now())
        self._editions = [plan.in_campaign(campaign) for campaign in plan.campaigns]

    def done(self, stage: Stage) -> Asset:
        """Return the asset that says a stage has delivered: it wakes what follows."""
        return self._asset(ascii_slug(stage.title))

    def redo(self, draft: Stage) -> Asset:
        """Return the asset that says a draft is to be done again: it was returned, or reports came after it."""
        return self._asset(f"{ascii_slug(draft.title)}-phai-lam-lai")

    def outlets(self, stage: Stage) -> list[Asset]:
        """Return what a stage announces when it has delivered: nothing where nothing follows it."""
        followed = {code for edition in self._editions for each in edition.stages for code in each.after}
        return [self.done(stage)] if stage.id in followed else []

    def _before(self, stage: Stage) -> list[Stage]:
        """Return what a stage follows in any campaign: where one leaves stages out, it follows others."""
        codes = {
            code for edition in self._editions for each in edition.stages if each.id == stage.id for code in each.after
        }
        return [each for each in self.plan.stages if each.id in codes]

    def returned_by(self, appraisal: Stage) -> list[Stage]:
        """Return the drafts that an appraisal may send back: another where a campaign leaves out the plan's own."""
        codes = {
            draft.id
            for edition in self._editions
            for each in edition.stages
            if each.id == appraisal.id and (draft := edition.returned_by(each))
        }
        return [each for each in self.plan.stages if each.id in codes]

    def drafts_on_reports(self) -> list[Stage]:
        """Return the drafts that are drawn from reports, not from an earlier draft."""
        return [stage for stage in self.plan.stages_of(StageKind.DRAFT) if self.plan.draft_of(stage) is None]

    def _asset(self, name: str) -> Asset:
        name = f"{self.plan.id}/{name}{self.lane}"
        return Asset(name=name, uri=f"soket://{name}", group=self.plan.id)

    def _wakers(self, stage: Stage) -> list[Asset]:
        appraisals = self.plan.stages_of(StageKind.APPRAISE)
        redone = stage in self.drafts_on_reports() or any(stage in self.returned_by(each) for each in appraisals)
        return [*map(self.done, self._before(stage)), *([self.redo(stage)] if redone else [])]

    def timetable(self, moments: list[Moment]) -> CampaignTimetable:
        """Return a timetable of campaign moments on this process's clock."""
        return CampaignTimetable(moments, self.clock.to_env())

    def while_open(self) -> WhileOpenTimetable:
        """Return the timetable that runs without pause while a campaign of the plan is open."""
        spans = [Moment(campaign.start, campaign.end) for campaign in self.plan.campaigns]
        return WhileOpenTimetable(spans, self.clock.to_env())

    def _turn(self, due: date | None, *, awaited: bool) -> dict[str, Any]:
        """Return when steps have their turn, where more want to run than may: by a day, not by how near it has come."""
        due = due or min((each.last_day for each in self.campaign.stages.values()), default=self.campaign.closes)
        weight = (_HORIZON - due).days + (_FIRST if awaited else 0)
        turn = {"priority_weight": weight, "weight_rule": "absolute"}
        return turn if awaited else turn | {"pool": POOL}

    def dag(self, name: str, title: str, doc: str, *, schedule: Any, **options: Any) -> DAG:  # noqa: ANN401 - DAG's own
        """Return an empty DAG named after the plan, with the house's defaults.

        `due` is the day by which its work is due, the campaign's first date unless it says so; people wait for what is
        `awaited`, and it goes before all else. `doc` goes on with what a DAG that runs by itself asks of nobody, unless
        it is `by_hand`.
        """
        turn = self._turn(options.pop("due", None), awaited=options.pop("awaited", False))
        options.setdefault("start_date", self.start_date)
        options.setdefault("max_active_runs", 1)
        beside = f" (đợt song song {self.lane[1:]})" if self.lane else ""
        dag_id = f"{self.plan.id}.{name}{self.lane}"
        doc += "" if options.pop("by_hand", False) else _BY_ITSELF
        return DAG(
            dag_id=dag_id,
            dag_display_name=f"{self.plan.short_title} · {title}{beside}",
            description=title,
            doc_md=doc,
            schedule=schedule,
            catchup=False,
            is_paused_upon_creation=False,
            # A file's DAGs are those among its names: plan_faults.py builds them all, too, and is not to be theirs.
            auto_register=False,
            default_args={
                "queue": job_of(dag_id),
                "owner": self.plan.office(options.pop("owner", self.plan.roles.operator)).short_name,
                "retries": 3,
                "retry_delay": timedelta(seconds=5),
                "retry_exponential_backoff": True,
                "max_retry_delay": timedelta(minutes=5),
                **turn,
            },
            tags={self.plan.id, "soket"},
            **options,
        )

    def stage_dag(
        self, stage: Stage, what: str, when_red: str, *, also: Callable[[Campaign], datetime] | None = None
    ) -> DAG:
        """Return the empty DAG of a stage: it runs at its opening in each campaign, and when what it follows is there.

        `also` is a moment of each campaign at which it runs again; `what` and `when_red` are documentation.
        """
        campaigns = [each for each in self.plan.campaigns if stage.id in each.stages]
        moments = [Moment(each.stages[stage.id].opening, each.end, since=each.start) for each in campaigns]
        moments += [Moment(also(each), each.end, since=each.start) for each in campaigns if also]
        timetable, wakers = self.timetable(moments), self._wakers(stage)
        return self.dag(
            stage.id,
            f"{self.plan.stages.index(stage) + 1}. {stage.title}",
            self._stage_doc(stage, campaigns, what, when_red),
            # The scheduler's own Timetable is what plugins provide; the SDK's annotation knows only its built-in ones.
            schedule=AssetOrTimeSchedule(timetable=timetable, assets=AssetAny(*wakers))  # type: ignore[arg-type]
            if wakers
            else timetable,
            owner=stage.owner,
            due=self.campaign.stages[stage.id].last_day if stage.id in self.campaign.stages else self.campaign.closes,
            deadline=stage_alerts(self.plan, stage, self.clock),
        )

    def _stage_doc(self, stage: Stage, campaigns: Sequence[Campaign], what: str, when_red: str) -> str:
        """Return a stage's documentation: what it does, for whom, by when, and what to do when it is red."""
        dates = "\n".join(
            f"- Đợt {campaign.code}: mở ngày {format_date(campaign.stages[stage.id].opens)}, "
            f"{say_deadline(campaign.stages[stage.id])}"
            for campaign in campaigns
        )
        return (
            f"### {stage.title}\n\n{what}\n\n"
            f"- Chủ trì: {self.plan.office(stage.owner).name}\n"
            f"- Nơi nhận: {self.plan.office(stage.receiver).name}\n"
            f"- Sản phẩm: {stage.delivers}\n"
            f"- Căn cứ: {stage.source}\n\n"
            f"**Thời hạn theo kế hoạch** (dời, gia hạn trong đợt thì xem bảng theo dõi)\n\n{dates}\n\n"
            f"**Khi có bước màu đỏ**\n\n{when_red}\n"
        )

    def step(
        self,
        task_id: str,
        title: str,
        operation: Callable[..., str],
        *,
        doc: str,
        stage: Stage | None = None,
        **options: Any,  # noqa: ANN401 - Operation's own
    ) -> Operation:
        """Return a task that makes one call into the domain, with the stage that it is of."""
        return Operation(
            task_id=task_id,
            task_display_name=title,
            doc_md=doc,
            plan=self.plan.id,
            operation=operation,
            stage=stage.id if stage else None,
            **options,
        )

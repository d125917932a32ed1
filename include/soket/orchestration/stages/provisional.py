"""Provisional drafts: each working morning while reports come, and whenever somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator

from airflow.sdk import DAG

from soket.orchestration.house import House
from soket.orchestration.timetables import Moment
from soket.plan.model import Campaign, Plan, StageKind
from soket.plan.schedule import mornings
from soket.stages import provisional

DOC = """### Bản tổng hợp tạm

Mỗi sáng làm việc từ ngày mở nhận báo cáo: có báo cáo mới, báo cáo gửi lại, đơn vị được miễn hoặc bộ chủ đề đã sửa thì
lập bản tổng hợp tạm (n/N báo cáo, ai còn thiếu, đổi gì so với bản trước) và gửi cơ quan soạn thảo, mỗi ngày nhiều nhất
một thư. Không có gì mới thì không lập. Cần ngay, hoặc cần sau khi lịch đã hết: bấm **Chạy**. Vòng đang làm có dự thảo
chính thức thì thôi; mở vòng sau thì lập tiếp.

**Khi có bước màu đỏ**

- “Lập bản tổng hợp tạm” (`renew`): xem nhật ký; bộ chủ đề có lỗi thì sửa chỗ nhật ký nêu (`soket plan check`), mẫu có
  lỗi thì sửa mẫu; rồi bấm **Làm lại**. Dự thảo làm việc, thư nhắc không phải chờ bước này.
"""


def build(house: House) -> DAG:
    """Return the DAG of a plan's provisional drafts."""
    plan = house.plan
    moments = [moment for campaign in plan.campaigns for moment in _moments(plan, campaign)]
    dag = house.dag("provisional", "Bản tổng hợp tạm", DOC, schedule=house.timetable(moments))
    with dag:
        house.step(
            "renew",
            "Lập bản tổng hợp tạm",
            provisional.renew,
            doc="So báo cáo đang có với bản trước; khác thì lập bản mới và gửi cơ quan soạn thảo.",
            mails=True,
        )
    return dag


def _moments(plan: Plan, campaign: Campaign) -> Iterator[Moment]:
    """Yield a campaign's working mornings from when reports may come until what follows the drafts is due."""
    edition = plan.in_campaign(campaign)
    drafts = [each for each in edition.stages_of(StageKind.DRAFT) if edition.draft_of(each) is None]
    if not drafts:
        return
    before = [each for draft in drafts for each in edition.upstream(draft) if each.kind is StageKind.COLLECT]
    after = [each for each in edition.stages if any(draft.id in each.after for draft in drafts)]
    first = min(campaign.stages[each.id].opens for each in before or drafts)
    last = max(campaign.stages[each.id].last_day for each in (*drafts, *after))
    for morning in mornings(plan, first, min(last, campaign.closes)):
        yield Moment(morning, campaign.end)

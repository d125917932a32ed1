"""The monitor: reminders, escalations and digests, each working morning and at each step of a ladder."""

from __future__ import annotations

from airflow.sdk import DAG

from soket.orchestration.backstop import monitor_alert
from soket.orchestration.house import House
from soket.orchestration.timetables import Moment
from soket.plan.schedule import ladder_moments
from soket.record.workspace import Workspace
from soket.stages import monitor

DOC = """### Theo dõi, nhắc, đôn đốc

Mỗi sáng làm việc và đúng giờ của từng bậc nhắc: đọc thư báo của máy chủ thư (thư nào đến nơi, thư nào bị trả lại); đọc
lại sổ theo dõi; soạn thư nhắc, thư đôn đốc cho đơn vị còn nợ; bản tin sáng cho cơ quan chủ trì; gửi mọi thư còn trong
hộp chờ. Sau một lần gián đoạn chỉ gửi bậc mới nhất, không gửi dồn.

**Khi có bước màu đỏ**

- “Gửi thư” (`deliver`): máy chủ thư không trả lời; thư vẫn trong hộp chờ, lần chạy sau gửi tiếp. Kiểm tra bằng
  `soket status`.
- Bước khác: xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước.
"""


def compose_mail(workspace: Workspace) -> str:
    """Write what is due to units, and what offices read in the morning."""
    return f"{monitor.chase(workspace)} {monitor.digest(workspace)}"


def build(house: House) -> DAG:
    """Return the monitor DAG of a plan."""
    moments = [
        Moment(at, campaign.end) for campaign in house.plan.campaigns for at in ladder_moments(house.plan, campaign)
    ]
    dag = house.dag(
        "monitor",
        "Theo dõi, nhắc, đôn đốc",
        DOC,
        schedule=house.timetable(moments),
        deadline=monitor_alert(house.plan, house.clock),
    )
    with dag:
        compose = house.step(
            "compose",
            "Soạn thư nhắc, đôn đốc, trả lời, bản tin",
            compose_mail,
            doc="Đọc thư báo của máy chủ thư (thư nào đến nơi, bị trả lại); soạn thư cho những đơn vị còn nợ, theo "
            "thời hạn riêng của từng đơn vị; bản tin sáng: tình hình theo khối cho cơ quan chủ trì, việc lạ trong kho "
            "cho người vận hành.",
            reads_reports=True,
        )
        deliver = house.step(
            "deliver",
            "Gửi thư",
            monitor.count_mail,
            doc="Gửi mọi thư còn trong hộp chờ.",
            mails=True,
            must_deliver=True,
            trigger_rule="none_failed",
        )
        compose >> deliver
    return dag

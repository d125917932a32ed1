"""The end of the demonstration: what came of it, where to look, and whether all is as the script says."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from demo.evidence import Check, Evidence, checks_page
from demo.world import World
from soket.notices.notice import message_id
from soket.notices.words import NOTICES
from soket.record.seal import read_seal
from soket.record.tally import Progress, tally
from soket.record.words import PROGRESS
from soket.stack.mail import USER as MAIL_USER


def print_results(console: Console, evidence: Evidence, checks: Sequence[Check]) -> None:
    """Print what came of it, and whether that is as the script says."""
    console.print(_units(evidence), _mails(evidence), _products(evidence), _checks(checks), sep="\n")


def print_places(console: Console, world: World) -> None:
    """Print where to look further; passwords are for who asks, as what is printed here may end in a file."""
    console.print(_places(world))
    console.print(f"Mật khẩu: soket status --passwords --state {world.state.root}", soft_wrap=True)


def _units(evidence: Evidence) -> Table:
    plan, register = evidence.workspace.plan, evidence.register
    counted = tally(register.reporting(plan), register.as_of)
    press = tally(register.press(plan), register.as_of)
    lacking = f"thiếu {counted.missing}" if counted.over else f"quá hạn {counted.overdue}"
    title = f"Đơn vị phải báo cáo: đã tiếp nhận {counted.received}/{counted.owing}, {lacking}"
    table = Table("Tình trạng", "Số đơn vị", title=title)
    for progress in Progress:
        if counted.by[progress]:
            table.add_row(PROGRESS[progress].label, str(counted.by[progress]))
    table.add_row("Cơ quan báo chí đã gửi kế hoạch, tính riêng", f"{press.received}/{press.owing}")
    return table


def _mails(evidence: Evidence) -> Table:
    table = Table("Loại thư", "Theo sổ thư", "Trong hộp thư", title="Thư")
    plan, campaign = evidence.workspace.plan, evidence.workspace.campaign.code
    seal = read_seal(evidence.workspace.store)
    for kind, count in sorted(evidence.mails.items()):
        seen = sum(
            evidence.mailbox[message_id(plan, campaign, entry.id, seal)]
            for entry in evidence.sent
            if entry.kind is kind
        )
        table.add_row(NOTICES[kind].label, str(count), str(seen))
    return table


def _products(evidence: Evidence) -> Table:
    table = Table("Giai đoạn", "Vòng", "Sản phẩm trong kho", title="Sản phẩm")
    for entry in evidence.register.stages.values():
        title = evidence.workspace.plan.stage(entry.stage).title
        for record in entry.records:
            for key in record.products:
                table.add_row(title, str(record.round), key, end_section=False)
    return table


def _places(world: World) -> Table:
    table = Table("Nơi", "Địa chỉ", "Tài khoản", title="Xem tiếp ở đâu")
    plan = world.workspace.plan
    table.add_row(
        "Trang nộp của đơn vị",
        f"{world.place.page}/{plan.id}/{world.workspace.campaign.code}/",
        "đường dẫn trong thư gửi đơn vị",
    )
    table.add_row("Hộp thư", f"{world.place.mail.page}/", MAIL_USER)
    campaign = world.workspace.campaign.code
    table.add_row("Bảng theo dõi", f"{world.url}/soket/{plan.id}/{campaign}", "như Airflow")
    table.add_row("Kiểm tra số liệu", f"{world.url}{checks_page(world.workspace)}", "như Airflow")
    for office in plan.offices:
        if office.account:
            table.add_row(f"Airflow: {office.short_name}", world.url, office.account)
    return table


def _checks(checks: Sequence[Check]) -> Table:
    table = Table("", "Kiểm tra", "Chi tiết", title="Đối chiếu với kịch bản")
    for check in checks:
        table.add_row("✔" if check.ok else "✘", check.name, check.detail)
    return table

"""Mail to the operator about soket itself: what fell silent, was started anew, became faulty or is not over in time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from soket.clock import VIETNAM
from soket.notices.facts import Facts, office_facts
from soket.notices.notice import Kind, Notice
from soket.plan.dates import last_day_of
from soket.plan.fault import PlanError
from soket.plan.model import Stage, StageKind
from soket.record.editions import RefusedEdition
from soket.record.heartbeat import Silence
from soket.record.refusals import RefusedAct
from soket.record.register import Register
from soket.record.rounds import say_met
from soket.record.turns import turn_of
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment, format_number

_SHOWN = 50  # of a list that may be of any length

_CHECKS = (
    "Xem từng phần của hệ thống: soket status. Phần nào chết mà không tự bật lại: soket down, rồi soket up --detach.",
    "Mở Airflow, xem DAG “Theo dõi, nhắc, đôn đốc” có bị tắt (gạt công tắc), có bước đỏ hay đang treo không.",
    "Chạy lại được thì không phải làm gì thêm: hệ thống tự tính lại việc đến hạn, chỉ gửi bậc nhắc mới nhất.",
)


def silence_notice(workspace: Workspace, found: Silence) -> Notice:
    """Tell that the monitor did not run when it should have."""
    last = f"lần cuối chạy lúc {format_moment(found.last)}" if found.last else "chưa chạy lần nào"
    what = f"“Theo dõi, nhắc, đôn đốc” lẽ ra chạy lúc {format_moment(found.expected)} mà không chạy; {last}."
    consequence = "Trong lúc này không ai được nhắc, không thư nào trong hộp chờ được gửi."
    return alert(workspace, "“Theo dõi” ngừng chạy", f"{what} {consequence}", _CHECKS, _step("silence", found.expected))


def unreachable_notice(workspace: Workspace, error: str, since: datetime) -> Notice:
    """Tell that the bucket does not answer."""
    what = (
        f"Kho dữ liệu không trả lời từ {format_moment(since)} ({error}): không nhận được tệp, không bước nào chạy được."
    )
    advice = (
        "Xem kho tệp còn chạy không: soket status (Compose: docker compose ps seaweedfs).",
        "Kiểm tra đĩa đầy: soket doctor.",
        "Kho chạy lại thì các bước tự chạy tiếp; đơn vị gửi lại tệp chưa gửi được.",
    )
    return alert(workspace, "kho dữ liệu không trả lời", what, advice, _step("bucket", since))


def restarted_notice(workspace: Workspace, component: str, title: str, reason: str, at: datetime) -> Notice:
    """Tell that a component had to be started anew."""
    moment = at.astimezone(VIETNAM)
    what = (
        f"“{title}” đã được tự động khởi động lại lúc {format_moment(moment)}. Lý do: {reason}. "
        "Bước nào đang chạy dở thì tự chạy lại; không có gì phải gửi hay nhận lại."
    )
    advice = (
        "Xem bây giờ ra sao: soket status. Trong một giờ tới, phần này có khởi động lại nữa cũng không gửi thêm thư.",
        f"Tìm nguyên nhân trong nhật ký {component}.log và supervisor.log; máy thiếu bộ nhớ hay đầy đĩa: soket doctor.",
        "Khởi động lại nhiều lần mà không khỏi: soket down, rồi soket up --detach.",
    )
    return alert(workspace, f"đã khởi động lại “{title}”", what, advice, _step(f"restart-{component}", moment))


def idle_notice(workspace: Workspace, component: str, trouble: str, now: datetime) -> Notice:
    """Tell that a component does nothing, where nobody but the operator can start it anew."""
    what = f"Phần “{component}” không làm việc: {trouble}. Có thể không tệp nào được chấm, không ai được nhắc."
    advice = (
        "Xem bằng docker compose ps. PostgreSQL, kho, valkey không tự khởi động lại; phần khác thì có, sau ba lần.",
        f"Khởi động lại: docker compose restart {component.replace('_', '-')}.",
        "Có bước xếp hàng mãi: các máy worker còn chạy không, valkey còn chạy không.",
    )
    moment = now.astimezone(VIETNAM)
    return alert(workspace, f"“{component}” không làm việc", what, advice, _step(f"idle-{component}", moment))


def faulty_plan_notice(workspace: Workspace, error: PlanError, now: datetime) -> Notice:
    """Tell that a plan's file cannot be used as it is now."""
    first, moment = error.faults[0], now.astimezone(VIETNAM)
    more = f" (và {len(error.faults) - 1} lỗi nữa)" if len(error.faults) > 1 else ""
    name = error.file.name
    whose = f"Tệp kế hoạch {name}" if first.file == error.file else f"Danh bạ {first.file.name} của kế hoạch {name}"
    what = (
        f"{whose} đang có lỗi nên không dùng được, dòng {first.line}: {first.message}{more}. "
        "Từ lúc này kế hoạch không nhắc, không chấm, không trả lời ai. Thư mục, tài khoản của mọi đơn vị, cơ quan vẫn "
        "giữ nguyên: đơn vị vẫn gửi được tệp, và tệp được nhận khi kế hoạch đã sửa."
    )
    advice = (
        f"Xem mọi lỗi, đúng dòng, và cách sửa: soket plan check {error.file}.",
        "Sửa xong lưu lại là được: trong vòng vài phút các DAG của kế hoạch tự có lại, không phải khởi động gì.",
        "Bản còn đúng gần nhất nằm trong thư mục plans của thư mục trạng thái.",
    )
    headline = f"kế hoạch {name} có lỗi"
    return alert(workspace, headline, what, advice, _step("plan", moment))


def overdue_notice(workspace: Workspace, register: Register, stage: Stage, hours: int) -> Notice | None:
    """Tell that a stage is not over although its date is past; None where it is, met that date, or has a later one."""
    plan, entry = workspace.plan, register.of(stage)
    deadlines = [entry.deadline]
    if stage.kind is StageKind.COLLECT:  # its gates wait for the units that have a longer date
        units = register.reporting(plan, stage)
        deadlines += [each.deadline for each in units if each.extension and not each.standing.settled]
    if entry.done or workspace.now < max(deadlines) or say_met(plan, register, stage):
        return None
    title, owner = stage.title, plan.office(stage.owner)
    where = entry.records[-1].headline.rstrip(".") if entry.begun else "chưa bắt đầu"
    if turn := turn_of(plan, register, stage):
        where += f"; {turn}"
    what = (
        f"Giai đoạn “{title}” ({owner.name}) có hạn đến hết ngày {format_date(last_day_of(entry.deadline))}, "
        f"đã quá {hours} giờ mà chưa xong. Đến nay: {where}."
    )
    advice = (
        f"Mở DAG “{title}” trong Airflow: bước đỏ thì xem sổ tay xử lý; bước chờ thì nhắc cơ quan đang được chờ.",
        "Thời hạn thực tế đã đổi thì ghi lại: “Xử lý của người vận hành”, Lùi thời hạn của một giai đoạn.",
    )
    version = last_day_of(entry.deadline).isoformat()
    return alert(workspace, f"“{title}” quá hạn chưa xong", what, advice, f"{stage.id}-{hours}h", version)


def spoilt_notice(workspace: Workspace, outcomes: Mapping[str, str]) -> Notice:
    """Tell of records that could not be read, and what was done about each."""
    told = [f"{key}: {done}" for key, done in sorted(outcomes.items())]
    left = [f"… và {len(told) - _SHOWN} bản ghi khác (soket register show)"] if len(told) > _SHOWN else []
    what = (
        f"{len(told)} bản ghi trong kho bị hỏng hoặc bị mất. Đợt vẫn chạy; bản hỏng không được tính, không mất tệp nào."
    )
    advice = (
        *told[:_SHOWN],
        *left,
        "Biên nhận, kết luận “để riêng”: không phải làm gì, hệ thống tự nhận lại, chấm lại.",
        "Quyết định “để riêng”: ghi lại bằng “Xử lý của người vận hành”. Việc của giai đoạn: Làm lại bước đã ghi nó.",
        "Tìm xem ai, chương trình nào hoặc đĩa nào đã làm hỏng: ngoài soket không ai được ghi vào kho.",
    )
    version = hashlib.sha256("\n".join([*told, workspace.now.date().isoformat()]).encode()).hexdigest()[:16]
    return alert(workspace, "bản ghi bị hỏng", what, advice, "spoilt", version)


def left_out_notice(workspace: Workspace, folder: str, told: str, step: str, version: str) -> Notice:
    """Tell of files in a folder that are not received: once for each folder and day."""
    what = f"{_holder(workspace, folder)}: {told}"
    advice = (
        "Nơi giữ thư mục đã được báo bằng thư riêng (thư mục không của ai thì không).",
        "Cần mức rộng hơn: max_folder_files, max_folder_mb ở mục «limits» của kế hoạch.",
        "Một phần mềm cứ gửi mãi: thu khóa bằng soket keys revoke, rồi gọi hỏi.",
    )
    return alert(workspace, "có tệp chưa nhận được", what, advice, f"{step}-{_digest(folder)}", version)


def unfinished_notice(workspace: Workspace, uploads: Mapping[str, int], day: date) -> Notice:
    """Tell of uploads that nobody finished, begun on a day, and cleared away."""
    told = [f"{_holder(workspace, folder)}: {count} tệp" for folder, count in sorted(uploads.items())]
    left = [f"… và {len(told) - _SHOWN} thư mục khác"] if len(told) > _SHOWN else []
    what = f"{sum(uploads.values())} tệp bắt đầu tải lên ngày {format_date(day)} mà không tải xong; phần tải dở đã dọn."
    advice = (*told[:_SHOWN], *left, "Nơi gửi đã được báo nộp lại. Nhiều nơi cùng bị: xem đường truyền đến kho.")
    return alert(workspace, "tệp tải lên dở dang", what, advice, "unfinished", day.isoformat())


def heavy_folder_notice(workspace: Workspace, folder: str, versions: int, size: int, level: int) -> Notice:
    """Tell of a folder whose files, with all that was written over or deleted, take more disk than its quota.

    Once when it is twice the quota, and again each time it has doubled since.
    """
    limits = workspace.plan.limits
    what = (
        f"{_holder(workspace, folder)}: thư mục giữ trên đĩa {format_number(versions)} bản, "
        f"{format_number(size >> 20)} MB, kể cả bản đã ghi đè, đã xóa; mức của một thư mục là "
        f"{format_number(limits.max_folder_files)} tệp, {format_number(limits.max_folder_mb)} MB."
    )
    advice = (
        "Gọi hỏi nơi giữ thư mục: phần mềm nào ghi đi ghi lại. Chưa dừng được thì thu khóa: soket keys revoke.",
        "Đĩa còn bao nhiêu: soket doctor. Không bản nào tự mất; gấp đôi nữa thì có thư nữa.",
    )
    return alert(workspace, "một thư mục chiếm nhiều đĩa", what, advice, f"heavy-{_digest(folder)}", f"x{level}")


def _holder(workspace: Workspace, folder: str) -> str:
    holder = workspace.plan.holder(folder)
    return f"{holder.name} (mã {folder})" if holder else f"Thư mục “{folder}”, không của đơn vị nào"


def no_right_notice(workspace: Workspace, refusal: RefusedAct) -> Notice:
    """Tell that somebody tried what is not theirs to do: once a day for each of them and each act."""
    what = f"Lúc {format_moment(refusal.at)}: {refusal.why} Việc này không được ghi nhận."
    advice = (
        "Hỏi người giữ tài khoản: nhầm thì nơi có quyền ghi lại; không phải họ thì đổi mật khẩu tài khoản ấy.",
        "Danh sách việc bị từ chối: trang Quyết định của bảng theo dõi. Ai được làm gì: mục «may» của kế hoạch.",
    )
    step = f"refused-{_digest(f'{refusal.act} {refusal.account}')}"
    version = refusal.at.date().isoformat()
    return alert(workspace, "một tài khoản làm việc không được giao", what, advice, step, version)


def plan_refused_notice(workspace: Workspace, edition: RefusedEdition, digest: str) -> Notice:
    """Tell that the plan's file was changed in a way that the campaign cannot follow."""
    told = [f"{each.title}. {each.outcome}" for each in edition.refused]
    left = [f"… và {len(told) - _SHOWN} thay đổi khác"] if len(told) > _SHOWN else []
    what = (
        "Tệp kế hoạch vừa đổi, có chỗ đợt đang mở không theo được. Cả đợt vẫn chạy theo kế hoạch cũ, riêng đầu mối đã "
        "theo tệp."
    )
    advice = (*told[:_SHOWN], *left, "Sửa những chỗ ấy trong tệp; các thay đổi khác được áp dụng ngay sau đó.")
    return alert(workspace, "thay đổi kế hoạch chưa áp dụng được", what, advice, f"plan-{digest}")


def unanswered_notice(workspace: Workspace, stage: Stage, run: str) -> Notice:
    """Tell that a question's step is over though nobody answered: somebody set it so by hand."""
    title = stage.title
    what = (
        f"Bước hỏi của “{title}” (lần chạy {run}) kết thúc mà hồ sơ không có câu trả lời nào của người được hỏi. "
        "Không có gì được ghi nhận; câu hỏi đã được đặt lại."
    )
    advice = (
        "Xem ai đã sửa trạng thái bước hoặc XCom: Airflow, Browse, Audit Log.",
        "Không phải làm gì thêm với hồ sơ: người được hỏi trả lời câu hỏi mới.",
    )
    return alert(workspace, f"“{title}” kết thúc mà chưa ai trả lời", what, advice, f"unanswered-{_digest(run)}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _step(what: str, moment: datetime) -> str:
    return f"{what}-{moment:%Y-%m-%dt%H%M}"


def alert(
    workspace: Workspace, headline: str, what: str, advice: tuple[str, ...], step: str, version: str = ""
) -> Notice:
    """Return a mail to the operator: what happened, what to do; its step and version are what it is known by."""
    operator = workspace.plan.office(workspace.plan.roles.operator)
    facts: Facts = {**office_facts(operator), "headline": headline, "what": what, "advice": list(advice)}
    return Notice(
        kind=Kind.ALERT,
        addressee=operator.code,
        step=step,
        version=version,
        by=operator.code,
        to=(operator.contact,),
        context=facts,
    )

"""What examples say was found in what a unit sent: of the plan's own headings and indicators."""

from __future__ import annotations

from soket.faults import Fault
from soket.plan.model import IndicatorForm, Plan, Severity, Unit
from soket.plan.periods import say_period

TABLE = "Biểu số liệu.xlsx"
REFERRING = Fault(
    code="TEP-23",
    severity=Severity.REFER,
    file="bao-cao.pdf",
    message="Báo cáo chỉ có bản quét; cán bộ của cơ quan theo dõi sẽ đọc trực tiếp.",
)


def report_name(plan: Plan) -> str:
    """Return what a unit might call the file of its report."""
    return f"Báo cáo {plan.review_word}.docx"


def faults_of(plan: Plan, unit: Unit) -> list[Fault]:
    """Return faults such as a unit's first try has, the warning last."""
    first, last = plan.outline[0], plan.outline[-1]
    file, form = report_name(plan), plan.form_of(unit)
    missing = Fault(
        code="DC-THIEU",
        severity=Severity.CRITICAL,
        file=file,
        place=f"mục {last.number}",
        message=f"Không tìm thấy đề mục “{last.title}”.",
    )
    if form:
        return [_of_figures(form), missing, _of_growth(form)]
    return [
        missing,
        Fault(
            code="DC-NGAN",
            severity=Severity.WARNING,
            file=file,
            place=f"mục {first.number}",
            message=f"Mục “{first.title}” chỉ có 35 từ.",
            advice="Nếu đã đủ ý thì không phải sửa.",
        ),
    ]


def _of_figures(form: IndicatorForm) -> Fault:
    rule = next((each for each in form.rules if each.kind == "sum"), None)
    names, first = {each.code: each.name for each in form.indicators}, say_period(form.years[0])
    if rule:
        message = f"{names[rule.total]} {first} là 1.250, nhưng các phần cộng lại là 1.520."
        advice = f"Kiểm tra các ô F7 đến F9; tổng phải bằng {' cộng '.join(rule.parts)}."
    else:
        message = f"{form.indicators[0].name} {first} ghi “chưa rõ”, không phải là số."
        advice = "Ghi số; chưa có số liệu thì ghi “chưa có”."
    return Fault(
        code="SL-TONG" if rule else "SL-CHU",
        severity=Severity.CRITICAL,
        file=TABLE,
        place="ô F7",
        message=message,
        advice=advice,
    )


def _of_growth(form: IndicatorForm) -> Fault:
    *_, last = [each.name for each in form.indicators if "." not in each.code] or [form.indicators[-1].name]
    before = f"gấp 6,2 lần {say_period(form.years[-2])}" if len(form.years) > 1 else "khác xa các đơn vị khác"
    return Fault(
        code="SL-TANG",
        severity=Severity.WARNING,
        file=TABLE,
        place="ô G12",
        message=f"{last} {say_period(form.years[-1])} {before}.",
        advice="Nếu đúng thì ghi rõ lý do trong báo cáo.",
    )

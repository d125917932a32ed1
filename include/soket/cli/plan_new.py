"""`soket plan new`: a plan's YAML from the plan as it was issued."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soket.cli import session

if TYPE_CHECKING:
    from soket.plan.directory import Directory
    from soket.plan_reading.asking import Answering, OpenQuestion
    from soket.plan_reading.compose import NewPlan


def register(parent: typer.Typer) -> None:
    """Add the command to the plans' others."""
    parent.command()(new)


def new(
    paper: Annotated[Path, typer.Argument(metavar="TỆP", help="Kế hoạch đã ban hành (.docx, .doc, .odt, .rtf, .pdf).")],
    out: Annotated[Path | None, typer.Option("--out", help="Tệp kế hoạch ghi ra (bỏ trống: <mã>.yaml).")] = None,
    directory: Annotated[str | None, typer.Option("--directory", help="Tên danh bạ để khớp cơ quan, đơn vị.")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Tệp trả lời sẵn (.yaml): mã câu hỏi: trả lời.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Không hỏi; chỗ chưa biết để trống và kê ra.")] = False,
) -> None:
    """Lập tệp kế hoạch từ văn bản Kế hoạch đã ban hành, chỉ hỏi điều văn bản không nêu. Mã thoát: 1 khi tệp còn lỗi."""
    from soket import clock as clocks
    from soket.plan.check import examine
    from soket.plan_reading.compose import new_plan, summary
    from soket.plan_reading.read import UnreadPaperError, read_paper

    today = clocks.from_environment().now().date()
    known = _directory(directory) if directory else None
    given = _answers(answers) if answers else {}
    try:
        read = read_paper(paper)
    except UnreadPaperError as error:
        raise typer.BadParameter(str(error), param_hint="TỆP") from None
    made = new_plan(read, _answering(given, asks=not no_input), today, known)
    file = _write(made, out)
    for heading, items in summary(made.asking, made.unmatched, made.unused):
        if items:
            typer.echo(f"{heading}:")
            for item in items:
                typer.echo(f"  - {item}")
    if strange := sorted(given.keys() - {question.key for question, _ in made.asking.asked}):
        keys = ", ".join(question.key for question, _ in made.asking.asked)
        typer.echo(f"Trả lời không dùng đến: {', '.join(strange)}. Các câu đã hỏi: {keys}.")
    faults = examine(file)[1]
    for fault in faults:
        typer.echo(str(fault), err=True)
    typer.echo(f"Đã ghi {file}: {f'còn {len(faults)} chỗ phải sửa' if faults else 'soket plan check không thấy lỗi'}.")
    raise typer.Exit(1 if faults else 0)


def _directory(name: str) -> Directory:
    found = session.the_directory(name, param_hint="--directory")
    if found.made is None:
        raise typer.BadParameter(f"Danh bạ «{name}» có lỗi: {found.faults[0]}", param_hint="--directory")
    return found.made


def _answers(file: Path) -> dict[str, str]:
    """Return the answers in a file: dates as they are written here, lists as their items."""
    from datetime import date

    from soket.plan.source import PlanSource, SyntaxFaultError
    from soket.text import format_date

    try:
        data = PlanSource(file).data
    except SyntaxFaultError as error:
        raise typer.BadParameter(str(error.fault), param_hint="--answers") from None
    if not isinstance(data, dict):
        raise typer.BadParameter(f"«{file}» phải gồm các dòng «mã câu hỏi: trả lời».", param_hint="--answers")

    def words(value: object) -> str:
        if isinstance(value, date):
            return format_date(value)
        return "; ".join(map(words, value)) if isinstance(value, list) else "" if value is None else str(value)

    return {str(key): words(value) for key, value in data.items()}


def _answering(given: dict[str, str], *, asks: bool) -> Answering:
    """Return what answers: the file, then whoever sits at the terminal."""
    from soket.plan_reading.asking import from_answers

    if not asks:
        return from_answers(given)
    return lambda question: given[question.key] if question.key in given else _prompt(question)


def _prompt(question: OpenQuestion) -> str:
    try:
        return str(typer.prompt(f"[{question.key}] {question.line}", default="", show_default=False))
    except typer.Abort:
        raise typer.BadParameter(
            f"Dừng ở câu hỏi «{question.key}», chưa ghi gì. Chạy không hỏi: --no-input, trả lời sẵn: --answers."
        ) from None


def _write(made: NewPlan, out: Path | None) -> Path:
    """Write the plan where nothing is yet."""
    file = out or Path(f"{made.id}.yaml")
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(made.text)
    except FileExistsError:
        raise typer.BadParameter(
            f"Đã có «{file}». Chọn tên khác bằng --out, hoặc chuyển tệp ấy đi.", param_hint="--out"
        ) from None
    return file

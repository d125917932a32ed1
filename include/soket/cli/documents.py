"""`soket documents`: measures Word files against the form of documents, and checks an office's templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from soket import clock as clocks
from soket.cli import session

app = typer.Typer(help="Văn bản: đo thể thức một tệp Word; kiểm tra mẫu và thể thức của cơ quan.", no_args_is_help=True)


@app.command()
def form(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="TỆP", help="Tệp Word (.docx).")],
    edition: Annotated[
        str | None, typer.Option("--edition", help="Thể thức (bỏ trống: theo tiêu đề và ngày của văn bản).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi một bản sao có nhận xét (Comment) ở từng chỗ vào tệp này.")
    ] = None,
    as_json: session.JsonOption = False,
) -> None:
    """Đo thể thức một tệp Word: khổ giấy, lề, phông, cỡ chữ, số, ngày, trích yếu, lời văn, chữ ký, nơi nhận, số trang.

    Mã thoát: 0 đúng thể thức, 1 có chỗ khác, 2 gọi lệnh sai hoặc tệp không đọc được.
    """
    from soket.documents.measuring import UnmeasuredError, edition_for, look_at, measure, remarked_copy
    from soket.plan.edition_files import NoEditionError, edition_named
    from soket.plan.fault import PlanError
    from soket.reading.pool import ReaderPool

    content = file.read_bytes()
    with ReaderPool(1) as readers:
        try:
            paper = look_at(readers, content)
            chosen = edition_named(edition) if edition else edition_for(paper, clocks.from_environment().now().date())
        except UnmeasuredError as error:
            raise typer.BadParameter(str(error), param_hint="TỆP") from None
        except (NoEditionError, PlanError) as error:
            raise typer.BadParameter(str(error), param_hint="--edition") from None
        misfits = measure(paper, chosen)
        if out is not None:
            try:
                out.write_bytes(remarked_copy(readers, content, misfits))
            except OSError as error:
                raise typer.BadParameter(f"Không ghi được «{out}»: {error.strerror}.", param_hint="--out") from None
    if as_json:
        told = [{"rule": each.rule, "paragraph": each.place, "message": each.words} for each in misfits]
        typer.echo(json.dumps({"edition": chosen.id, "misfits": told}, ensure_ascii=False))
    else:
        typer.echo(f"{file}: đo theo {chosen.title} ({chosen.id}){'; nguồn thứ cấp' if chosen.secondary else ''}.")
        for each in misfits:
            typer.echo(f"- {each.words}")
        typer.echo(f"{len(misfits)} chỗ khác thể thức." if misfits else "Đúng thể thức ở mọi điều đo được.")
    raise typer.Exit(1 if misfits else 0)


@app.command()
def check(plan: session.PlanOption = None, as_json: session.JsonOption = False) -> None:
    """Kiểm tra các tệp thể thức và các mẫu văn bản: chỗ điền không có, đã bỏ; văn bản mẫu khác thể thức.

    Mã thoát: 0 không lỗi, 1 có lỗi, 2 gọi lệnh sai.
    """
    from soket.cli.plan import fault_data, fault_text, new_console
    from soket.documents.checking import check_templates
    from soket.plan.edition_files import edition_files
    from soket.reading.pool import ReaderPool

    chosen, files = session.the_plan(plan), edition_files()
    faults = [fault for file in files for fault in file.faults]
    wrong = []
    if not faults:
        with ReaderPool(1) as readers:
            wrong = list(check_templates(readers, chosen))
    if as_json:
        told = [{"template": each.template, "message": each.words, "note": each.note} for each in wrong]
        typer.echo(json.dumps({"faults": [*map(fault_data, faults)], "templates": told}, ensure_ascii=False))
    else:
        console = new_console()
        for fault in faults:
            console.print(fault_text(fault), end="\n\n")
        for file in files:
            if file.edition and file.edition.secondary:
                console.print(f"{file.edition.id}: lấy từ nguồn thứ cấp, chưa đối chiếu bản gốc.", markup=False)
        for each in wrong:
            console.print(f"{each.template}: {each.words}", style="yellow" if each.note else "red", markup=False)
        ours = "Chưa kiểm tra mẫu: sửa các tệp thể thức trước." if faults else f"Đã lập thử văn bản của {chosen.id}."
        console.print(f"{len(files)} thể thức. {ours}", markup=False)
    raise typer.Exit(1 if faults or any(not each.note for each in wrong) else 0)


@app.command()
def pdf(
    out: Annotated[Path, typer.Option("--out", help="Thư mục ghi các tệp PDF.")] = Path("pdf"),
    plan: session.PlanOption = None,
    campaign: session.CampaignOption = None,
    state: session.StateOption = None,
) -> None:
    """Lập bản PDF của mọi văn bản Word mà các giai đoạn của một đợt đã lập, của bảng kê lưu trữ, bằng LibreOffice.

    Mã thoát: 0 đủ, 1 có văn bản không lập được, 2 gọi lệnh sai hoặc máy không có LibreOffice.
    """
    from soket.documents.printing import NoOfficeError, print_papers

    workspace, failed = session.workspace(plan, campaign, state), 0
    try:
        for paper in print_papers(workspace):
            *_, stage, number, name = paper.key.split("/")
            if paper.pdf is None:
                failed += 1
                typer.echo(f"LibreOffice không lập được PDF của {paper.key}.", err=True)
                continue
            file = out / f"{stage}-{number}-{name.removesuffix('.docx')}.pdf"
            out.mkdir(parents=True, exist_ok=True)
            file.write_bytes(paper.pdf)
            typer.echo(file)
    except NoOfficeError as error:
        raise typer.BadParameter(str(error)) from None
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được vào «{out}»: {error.strerror}.", param_hint="--out") from None
    raise typer.Exit(1 if failed else 0)

"""What a wrong call is told: what, where and what next, in Vietnamese, without a traceback."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperGroup

from soket.store.store import StoreFailedError

REFUSED = 2  # the call is wrong, or cannot be answered here

# What the library says of a wrong call, and what we do; {} stands for what was given.
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"Missing (?:argument|option) '(.*)'\..*", "Thiếu {}."),
        (r"No such option: (\S+).*", "Không có tùy chọn {}."),
        (r"No such command '(.*?)'.*", "Không có lệnh «{}»."),
        (r"Got unexpected extra argument\S* \((.*)\)", "Thừa «{}»."),
        (r"Option '(.*)' requires an argument\.", "Sau {} phải có giá trị."),
        (r"Invalid value for '(.*?)': (?:path|file|directory) '(.*)' does not exist\.", "{}: không có «{}»."),
        (r"Invalid value for '(.*?)': file '(.*)' is a directory\.", "{}: «{}» là thư mục, cần một tệp."),
        (r"Invalid value for '(.*?)': (?:Value error, )?'(.*)' is not one of (.*)\.", "{}: không có «{}». Có: {}."),
        (
            r"Invalid value for '(.*?)': (?:Value error, )?'(.*)' does not match the formats? .*",
            "{}: «{}» phải viết dạng NĂM-THÁNG-NGÀYTGIỜ:PHÚT.",
        ),
        (r"Invalid value for '(.*?)': Input should be greater than or equal to (.*)", "{}: phải từ {} trở lên."),
        (r"Invalid value for '(.*?)': Input should be a valid (?:number|integer).*", "{}: phải là một số."),
        (r"Invalid value for (.*?): (.*)", "{}: {}"),  # ours
        (r"Invalid value: (.*)", "{}"),
    )
)


def in_vietnamese(message: str) -> str:
    """Return what the library says of a wrong call in our words."""
    found = ((words, each.fullmatch(message)) for each, words in _WORDS)
    return next((words.format(*match.groups()) for words, match in found if match), message)


def _how_to_call(error: ClickException) -> str:
    """Return where to read on; nothing where the call was well formed and its command refused it."""
    context = getattr(error, "ctx", None)
    refused = isinstance(error, typer.BadParameter) and error.param is None
    return f"\nCách gọi: {context.command_path} --help" if context and not refused else ""


class SoketGroup(TyperGroup):
    """The `soket` command: errors meant for people are printed as such, however it is called."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - the library's
        """Run the command line, and end with its exit code."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except NoArgsIsHelpError as error:
            error.show()
            code = REFUSED
        except ClickException as error:
            typer.echo(in_vietnamese(error.format_message()) + _how_to_call(error), err=True)
            code = REFUSED
        except typer.Abort:
            code = 1
        except _for_people() as error:
            typer.echo(str(error), err=True)
            code = REFUSED
        except StoreFailedError as error:
            typer.echo(f"Kho dữ liệu không làm được việc ấy: {error}. Xem bằng: soket status.", err=True)
            code = REFUSED
        except OSError as error:
            if error.filename is None:
                raise
            typer.echo(f"Không đọc, ghi được «{error.filename}»: {error.strerror}. Xem lại đường dẫn, quyền.", err=True)
            code = REFUSED
        sys.exit(code)


def _for_people() -> tuple[type[Exception], ...]:
    """Return the errors whose message says what is wrong and what to do."""
    from soket.notices.server import NoMailServerError
    from soket.plan.loader import PlanError, UnknownPlanError
    from soket.stack.credentials import NoKeyError
    from soket.stack.folder_keys import NotTakenOverError
    from soket.store.connect import NoStoreError

    return (NoKeyError, NoMailServerError, NoStoreError, NotTakenOverError, PlanError, UnknownPlanError)

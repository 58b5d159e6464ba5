"""`motcua forms`: the e-forms of the data folder, checked before anybody fills them in."""

import click
from django.core.management import call_command

from motcua.config import office
from motcua.config.office import environment


@click.group()
def forms() -> None:
    """Biểu mẫu điện tử của các thủ tục."""


@forms.command("check")
def forms_check() -> None:
    """Kiểm tra mọi biểu mẫu: lược đồ, cách bày, hai thứ tiếng, câu trả lời mẫu. Kết thúc bằng lỗi khi có chỗ sai."""
    office.connect(environment())
    call_command("check_eforms")

"""`motcua forms check`: every e-form of the data folder, with every fault as a sentence."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.catalogue.eforms.checking import check_eforms


class Command(BaseCommand):
    help = "Kiểm tra mọi biểu mẫu điện tử: lược đồ, cách bày, hai thứ tiếng, câu trả lời mẫu."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        checked = check_eforms(settings.MOTCUA_DATA / "eforms", settings.MOTCUA_DATA / "procedures")
        for sentence in checked.sentences:
            self.stderr.write(sentence)
        if checked.sentences:
            raise CommandError(f"Có {len(checked.sentences)} chỗ sai trong các biểu mẫu điện tử.")
        for eform in checked.eforms:
            asked = sum(1 for _item in eform.items())
            self.stdout.write(
                f"{eform.code}/{eform.number}: {eform.title.vi}, {len(eform.pages)} trang, {asked} câu hỏi."
            )
        self.stdout.write(f"{len(checked.eforms)} biểu mẫu điện tử đều dùng được.")

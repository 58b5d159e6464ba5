"""A phone or an e-mail as it is kept: one spelling each, so that nobody has two accounts by typing it differently."""

import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from motcua.people.citizens.models import ContactKind

# Vietnamese mobile numbers have ten digits since 2018; a code cannot be sent to a landline.
_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
_SEPARATORS: Final = re.compile(r"[\s.()-]")


@dataclass(frozen=True, slots=True)
class Contact:
    """What a code can be sent to."""

    kind: str
    value: str

    @property
    def masked(self) -> str:
        """Enough for its owner to know it again: "090•••3456", "la•••@example.vn"."""
        if self.kind == ContactKind.PHONE:
            return f"{self.value[:3]}•••{self.value[-3:]}"
        local, _at, host = self.value.rpartition("@")
        return f"{local[:2]}•••@{host}"


def read_contact(text: str) -> Contact:
    """The phone or e-mail that was typed. Raises `ValidationError` with what to type instead."""
    typed = text.strip()
    if "@" in typed:
        address = typed.lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(_("Địa chỉ thư điện tử chưa đúng, ví dụ lan.nguyen@example.vn.")) from error
        return Contact(ContactKind.EMAIL, address)
    return Contact(ContactKind.PHONE, read_mobile(typed))


def read_mobile(text: str) -> str:
    """A Vietnamese mobile number as "0905123456". Raises `ValidationError`."""
    digits = _SEPARATORS.sub("", text)
    if digits.startswith(("+84", "84")) and len(digits.lstrip("+")) == 11:
        digits = "0" + digits.lstrip("+")[2:]
    if not digits.isascii() or not _MOBILE.fullmatch(digits):
        raise ValidationError(
            _("Số di động có 10 chữ số, ví dụ 0905 123 456. Ông/bà cũng có thể nhập địa chỉ thư điện tử.")
        )
    return digits

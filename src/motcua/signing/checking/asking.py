"""Having a PDF checked: laid into a folder of our own, looked at by a process apart, gone again."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy

from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_one
from motcua.documents.papers.benching import Part
from motcua.documents.papers.scanning import scan
from motcua.signing.checking.orders import Order, Signature
from motcua.signing.limits import Limits, limits
from motcua.signing.trust import Trust

log = structlog.get_logger("motcua.signing")
CHECKS: Final = 0x7369676E
"""The class of the advisory locks that stand for checks under way."""
_CHECKER: Final = "motcua.signing.checking"
SENTENCES: Final[Mapping[str, object]] = {
    "empty": gettext_lazy("Tệp trống. Ông/bà chọn lại tệp."),
    "too_large": gettext_lazy("Tệp lớn hơn %(detail)s MB nên trang này không kiểm tra được."),
    "no_pdf": gettext_lazy("Đây không phải tệp PDF. Ông/bà chọn tệp PDF đã ký số."),
    "broken": gettext_lazy("Tệp PDF bị hỏng hoặc tải chưa hết nên không đọc được. Ông/bà tải lại tệp gốc rồi thử lại."),
    "locked": gettext_lazy("PDF có mật khẩu nên không kiểm tra được. Ông/bà gửi bản không đặt mật khẩu."),
    "too_many": gettext_lazy("PDF có nhiều hơn %(detail)s chữ ký nên trang này không kiểm tra được."),
    "swells": gettext_lazy("PDF quá phức tạp hoặc mở ra quá lớn nên trang này không kiểm tra được."),
    "too_slow": gettext_lazy("Kiểm tra quá lâu nên đã dừng. Tệp có thể không an toàn."),
    "busy": gettext_lazy("Đang có người khác kiểm tra. Ông/bà gửi lại sau ít giây."),
}  # fmt: skip


class CheckRefused(Refusal):
    """A PDF that is not checked; `reason` is a word of `SENTENCES`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(str(SENTENCES[reason]) % {"detail": detail})
        self.reason = reason


def signatures_of(sent: "File[Any]", trust: Trust, *, at: datetime) -> list[Signature]:
    """The signatures of a PDF, the earliest first; none when it has none. Nothing of it is kept.

    Raises `CheckRefused`, and `PaperRefused` where a scanner is set and finds malware or does not answer.
    """
    bounds = limits()
    if not sent.size:
        raise CheckRefused("empty")
    if sent.size > bounds.pdf_bytes:
        raise CheckRefused("too_large", str(bounds.pdf_megabytes))
    with _turn(bounds.checks_at_once), tempfile.TemporaryDirectory(prefix="motcua-check-") as folder:
        path = Path(folder) / "sent.pdf"
        with path.open("xb") as out:
            for chunk in sent.chunks():
                out.write(chunk)
        if settings.MOTCUA_CLAMD:
            scan([Part(path, "PDF")], settings.MOTCUA_CLAMD)
        order = Order(
            path=str(path), roots=_hexed(trust.roots), issuers=_hexed(trust.issuers), at=at.isoformat(),
            signatures=bounds.signatures, seconds=bounds.seconds, memory=bounds.memory_megabytes << 20,
        )  # fmt: skip
        told = _ask(order, Path(folder))
    if "refused" in told:
        log.info("signature check refused", reason=told["refused"], fault=told.get("fault", ""))
        raise CheckRefused(told["refused"], _detail(told["refused"], bounds))
    return [Signature.read(one) for one in told["signatures"]]


def _detail(reason: str, bounds: Limits) -> str:
    return str(bounds.signatures) if reason == "too_many" else ""


def _hexed(certificates: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(one.public_bytes(Encoding.DER).hex() for one in certificates)


@contextmanager
def _turn(at_once: int) -> Iterator[None]:
    """One of the few checks under way, so that other pages find a worker. Raises `CheckRefused`, at once."""
    for number in range(at_once):
        if (fetch_one("SELECT pg_try_advisory_lock(%s, %s)", (CHECKS, number)) or (False,))[0]:
            try:
                yield
            finally:
                fetch_one("SELECT pg_advisory_unlock(%s, %s)", (CHECKS, number))
            return
    raise CheckRefused("busy")


def _ask(order: Order, folder: Path) -> dict[str, Any]:
    """The checker's answer. One that dies at its limits has answered too."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", _CHECKER], input=json.dumps(order.told()).encode(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=order.seconds * 2, check=False,
            # Nothing of our own surroundings: no secret, no address of the database.
            env={"PYTHONPATH": ":".join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"},
            cwd=folder,
        )  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise CheckRefused("too_slow") from slow
    if done.returncode != 0:
        log.warning("checker ended", status=done.returncode)
        raise CheckRefused("too_slow" if done.returncode < 0 else "swells")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer

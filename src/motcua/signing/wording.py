"""States, verdicts and usages as people read them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy

from motcua.signing.checking.verdicts import Verdict
from motcua.signing.states import CertificateState

STATES: Final[Mapping[CertificateState, tuple[str, object]]] = {
    CertificateState.IN_FORCE: ("ok", gettext_lazy("Đang hiệu lực")),
    CertificateState.NOT_YET: ("plain", gettext_lazy("Chưa có hiệu lực")),
    CertificateState.EXPIRED: ("done", gettext_lazy("Đã hết hạn")),
    CertificateState.WITHDRAWN: ("late", gettext_lazy("Đã thu hồi")),
}
"""Kind of the sign, and what it says."""

USAGES: Final[Mapping[str, object]] = {
    "digital_signature": gettext_lazy("ký số"),
    "content_commitment": gettext_lazy("chống chối bỏ"),
    "key_encipherment": gettext_lazy("mã hóa khóa"),
    "data_encipherment": gettext_lazy("mã hóa dữ liệu"),
    "key_agreement": gettext_lazy("thỏa thuận khóa"),
    "key_cert_sign": gettext_lazy("ký chứng thư"),
    "crl_sign": gettext_lazy("ký danh sách thu hồi"),
}

VERDICTS: Final[Mapping[Verdict, tuple[str, object, object]]] = {
    Verdict.REGISTERED: (
        "ok", gettext_lazy("Chữ ký đúng, của người có tên trong sổ"),
        gettext_lazy("Nội dung còn nguyên như lúc ký. Chứng thư có trong sổ của cơ quan và còn hiệu lực lúc ký."),
    ),
    Verdict.TRUSTED: (
        "near", gettext_lazy("Chữ ký đúng, nhưng không có trong sổ của cơ quan"),
        gettext_lazy(
            "Nội dung còn nguyên như lúc ký, nơi cấp được tin cậy. Người ký không phải người cơ quan này công bố."
        ),
    ),
    Verdict.UNKNOWN_SIGNER: (
        "near", gettext_lazy("Nội dung còn nguyên, nhưng không biết ai ký"),
        gettext_lazy("Nơi cấp chứng thư không được tin cậy ở đây, và chứng thư không có trong sổ của cơ quan."),
    ),
    Verdict.NOT_IN_FORCE: (
        "late", gettext_lazy("Chứng thư không còn hiệu lực"),
        gettext_lazy("Chứng thư đã thu hồi, hết hạn hoặc chưa có hiệu lực lúc ký. Ông/bà hỏi lại cơ quan."),
    ),
    Verdict.ADDED_TO: (
        "late", gettext_lazy("Tệp bị thêm, đổi sau khi ký"),
        gettext_lazy("Phần đã ký còn nguyên, nhưng sau đó tệp bị thêm hoặc đổi. Đừng tin những gì hiện trên trang."),
    ),
    Verdict.FORGED: (
        "late", gettext_lazy("Chữ ký không đúng"),
        gettext_lazy("Chữ ký không phải do khóa của chứng thư này tạo ra."),
    ),
    Verdict.ALTERED: (
        "late", gettext_lazy("Nội dung đã bị sửa sau khi ký"),
        gettext_lazy("Tệp không còn như lúc ký. Đừng dùng tệp này."),
    ),
    Verdict.UNREADABLE: (
        "late", gettext_lazy("Không đọc được chữ ký"),
        gettext_lazy("Chữ ký bị hỏng hoặc theo cách mà trang này không đọc được."),
    ),
}  # fmt: skip
"""Kind of the sign, what it says, and what that means."""


def fingerprint_words(fingerprint: str) -> str:
    """In groups of four, so that two people can compare it aloud."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)).upper()

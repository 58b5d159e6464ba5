"""Why a certificate is not taken, in sentences that say what to do."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy

from motcua.core.refusals import Refusal

SENTENCES: Final[Mapping[str, object]] = {
    "empty": gettext_lazy("Tệp trống. Ông/bà chọn lại tệp chứng thư số."),
    "too_large": gettext_lazy("Tệp lớn hơn %(detail)s KB nên không phải chứng thư số. Ông/bà chọn lại tệp."),
    "private_key": gettext_lazy(
        "Tệp này có khóa bí mật. Không gửi khóa bí mật cho ai: chương trình đã bỏ tệp, không lưu. Ông/bà xuất riêng "
        "phần công khai (.cer) rồi gửi. Khóa nằm trong tệp chung, không nằm trong thiết bị, thì nên xin cấp lại."
    ),
    "not_certificate": gettext_lazy(
        "Không đọc được chứng thư số trong tệp này. Ông/bà gửi tệp .cer, .crt, .pem hoặc .p7b do nơi cấp đưa."
    ),
    "several": gettext_lazy(
        "Tệp có nhiều chứng thư của nhiều người. Ông/bà gửi riêng tệp của từng chứng thư."
    ),
    "authority": gettext_lazy(
        "Đây là chứng thư của nơi cấp, không phải của người ký. Ông/bà gửi chứng thư của cơ quan hoặc của người ký."
    ),
    "no_signing": gettext_lazy(
        "Chứng thư này không dùng để ký: mục đích sử dụng không có ký số. Ông/bà hỏi lại nơi cấp."
    ),
    "expired": gettext_lazy("Chứng thư đã hết hạn lúc %(detail)s nên không đăng ký được. Ông/bà gửi chứng thư mới."),
    "strange_dates": gettext_lazy("Thời hạn ghi trong chứng thư không hợp lệ. Ông/bà hỏi lại nơi cấp."),
    "self_signed": gettext_lazy(
        "Chứng thư này tự ký, không do nơi nào được tin cậy cấp. Ông/bà gửi chứng thư của tổ chức chứng thực chữ ký số."
    ),
    "no_roots": gettext_lazy(
        "Chưa có chứng thư gốc nào được tin cậy nên chưa kiểm tra được nơi cấp. Quản trị đặt chứng thư gốc vào thư mục "
        "như sách vận hành chỉ."
    ),
    "unknown_issuer": gettext_lazy(
        "Nơi cấp “%(detail)s” không thuộc các chứng thư gốc được tin cậy. Nếu nơi cấp đúng, ông/bà gửi tệp .p7b có cả "
        "chứng thư của nơi cấp, hoặc nhờ quản trị thêm chứng thư gốc."
    ),
    "roots_faulty": gettext_lazy("Danh sách chứng thư gốc có lỗi (%(detail)s). Ông/bà báo quản trị."),
    "registered": gettext_lazy("Chứng thư này đã đăng ký cho %(detail)s. Mỗi chứng thư đăng ký một lần."),
    "withdrawn_before": gettext_lazy("Chứng thư này đã thu hồi lúc %(detail)s nên không đăng ký lại được."),
    "not_serving": gettext_lazy("Người này không còn làm việc ở cơ quan. Ông/bà chọn lại người giữ."),
    "not_ours": gettext_lazy("Ông/bà chỉ ghi sổ chứng thư của cơ quan mình."),
    "gone": gettext_lazy("Chứng thư này đã được thu hồi trước đó. Trang đã tải lại."),
}  # fmt: skip


class CertificateRefused(Refusal, ValueError):
    """A certificate that is not taken, or not withdrawn; nothing is kept. `reason` is a word of `SENTENCES`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(str(SENTENCES[reason]) % {"detail": detail})
        self.reason = reason

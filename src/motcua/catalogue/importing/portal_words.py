"""The national portal's wording, as tables: what its words mean in ours. Matched in lower case."""

import re

# Words in the names of departments that give the level away.
LEVEL_WORDS = (
    ("cấp xã", "commune"),
    ("xã, phường", "commune"),
    ("cấp tỉnh", "province"),
    ("sở ", "province"),
    ("bộ ", "ministry"),
    ("cục ", "ministry"),
    ("ngân hàng nhà nước", "ministry"),
)

# Who may apply. The portal's list is cut at commas in places, so its pieces stand here too.
SUBJECTS: dict[str, str] = {
    "công dân việt nam": "citizen",
    "người việt nam định cư ở nước ngoài": "overseas_vietnamese",
    "người nước ngoài": "foreigner",
    "hộ gia đình": "household",
    "doanh nghiệp": "enterprise",
    "doanh nghiệp việt nam": "enterprise",
    "doanh nghiệp có vốn đầu tư nước ngoài": "enterprise",
    "hợp tác xã": "cooperative",
    "tổ chức (không bao gồm doanh nghiệp": "organisation",
    "tổ chức (không bao gồm doanh nghiệp, htx)": "organisation",
    "tổ chức nước ngoài": "organisation",
    "tổ chức đảng": "organisation",
    "cơ quan nhà nước": "state_body",
    "cán bộ": "citizen",
    "công chức": "citizen",
    "viên chức": "citizen",
    "cán bộ, công chức, viên chức": "citizen",
    "đảng viên": "citizen",
}
SUBJECT_TAILS = frozenset({"htx)"})

UNITS: dict[str, str] = {
    "working_day": "working_day",
    "day": "day",
    "working_hour": "working_hour",
    "hour": "working_hour",
}
FEE_KINDS: dict[str, str] = {"FEE": "fee", "CHARGE": "charge", "SERVICE_FEE": "charge"}

# Headings above papers: only shown, only a remark, or saying no more than "the papers are".
SHOWN = re.compile(r"xuất trình", re.IGNORECASE)
REMARK = re.compile(r"^\W*(lưu ý|ghi chú|số lượng hồ sơ|ví dụ)", re.IGNORECASE)
PLAIN = re.compile(
    r"^\W*(giấy tờ phải nộp|thành phần hồ sơ|bao gồm|hồ sơ gồm|người yêu cầu chứng thực nộp)", re.IGNORECASE
)
# Headings that single out a situation.
SITUATION = re.compile(r"(trường hợp|^\W*\(?[0-9a-zivx.]+\)\s|đối với)", re.IGNORECASE)

# Sectors whose dossiers another room than justice deals with; the rest goes to the economy room.
SECTOR_ROOMS = (
    ("hộ tịch", "justice"),
    ("chứng thực", "justice"),
    ("nuôi con nuôi", "justice"),
    ("hòa giải", "justice"),
    ("bồi thường", "justice"),
    ("khiếu nại", "justice"),
    ("cư trú", "police"),
    ("căn cước", "police"),
    ("định danh", "police"),
    ("phương tiện", "police"),
    ("vũ khí", "police"),
    ("phòng cháy", "police"),
    ("lái xe", "police"),
    ("đất đai", "land"),
    ("xây dựng", "land"),
    ("quy hoạch", "land"),
    ("nhà ở", "land"),
    ("địa chất", "land"),
    ("tài nguyên", "land"),
    ("môi trường", "land"),
    ("đường bộ", "land"),
    ("hạ tầng", "land"),
    ("bảo trợ", "social"),
    ("người có công", "social"),
    ("giảm nghèo", "social"),
    ("giáo dục", "social"),
    ("lao động", "social"),
    ("văn hóa", "social"),
    ("chính sách", "social"),
    ("cai nghiện", "social"),
    ("hội, quỹ", "social"),
    ("tổ chức, cán bộ", "social"),
)
OTHER_ROOM = "economy"

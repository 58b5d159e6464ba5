"""Two hundred people at once read the public search, in words of their own, beside a page that does nothing."""

import json
from typing import Any
from urllib.parse import quote

from benchmarks import web
from benchmarks.office import BenchOffice

READERS = 200
# As people type: with and without marks, everyday words, a slip, a code, nothing at all.
ASKED = (
    "làm giấy khai sinh cho con", "dang ky ket hon", "xac nhan tinh trang hon nhan", "sổ đỏ", "dnag ky khai tu",
    "ho kinh doanh", "giay phep xay dung nha", "1.001193", "nhap khau", "",
)  # fmt: skip
_LUA = """
local asked, place = {paths}, 0
function request()
  place = place % #asked + 1
  return wrk.format("GET", asked[place], {{ ["Accept-Encoding"] = "gzip" }})
end
"""


def run(office: BenchOffice, *, seconds: int) -> dict[str, Any]:
    """p50 and p99 for all readers together. Raises `RuntimeError` when one answer is missing or not a page."""
    paths = ", ".join(json.dumps(f"/procedures/?q={quote(words)}") for words in ASKED)
    script = office.folder / "readers.lua"
    script.write_text(_LUA.format(paths=f"{{ {paths} }}") + (web.HERE / "report.lua").read_text())
    web._wrk(office, "/procedures/", clients=8, seconds=2, script=script)
    return {
        "tìm thủ tục, 200 người cùng đọc": web._wrk(
            office, "/procedures/", clients=READERS, seconds=seconds, script=script
        ),
        "không làm gì (/health/live), 200 cùng lúc": web._wrk(office, "/health/live", clients=READERS, seconds=seconds),
    }


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """As the table of `make bench` has them; the ratio is that of the rates."""
    empty = [*found.values()][-1]["rate"]
    return [
        (name, f"{run['rate']:,.0f}", f"{run['p50']:.1f} / {run['p99']:.1f} ms", f"{run['rate'] / empty:.2f}")
        for name, run in found.items()
    ]

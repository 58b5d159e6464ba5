"""`make bench`: every figure beside the limit taken in the same run, so that ratios survive a slow machine.

Counter intake over HTTP (log-in, CSRF, full middleware) against the same rows written by pgbench; pages;
search; due dates; a reason sheet; a receipt; a decree; the leader's page. Prints one table; `--only NAME` runs a part.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from benchmarks import due_dates, leader, open_clocks, places, reason_sheet, receipt_pdf, record, reports, search, web
from benchmarks.office import BenchOffice

PARTS = ("receipt", "due", "sheet", "search", "clocks", "intake", "pages", "leader", "record", "reports", "places")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="chỉ đo một phần")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=10, help="thời gian mỗi lượt đo")
    parser.add_argument("--rounds", type=int, default=3, help="số lượt xen kẽ, lấy trung vị")
    parser.add_argument("--json", type=Path, help="ghi thêm kết quả ra tệp này")
    chosen = parser.parse_args()
    wanted = (chosen.only,) if chosen.only else PARTS
    rows: list[tuple[str, str, str, str]] = []
    raw: dict[str, Any] = {}
    if "receipt" in wanted:
        raw["receipt"] = receipt_pdf.run()
    if "due" in wanted:
        raw["due"] = due_dates.run()
    if "sheet" in wanted:
        raw["sheet"] = reason_sheet.run()
    if "search" in wanted:
        raw["search"] = search.run()
    if "clocks" in wanted:
        raw["clocks"] = open_clocks.run()
    if "intake" in wanted or "pages" in wanted:
        with BenchOffice() as office:
            if "intake" in wanted:
                raw["intake"] = web.intake(office, clients=chosen.clients, seconds=chosen.seconds, rounds=chosen.rounds)
                rows += web.intake_rows(raw["intake"])
            if "pages" in wanted:
                raw["pages"] = web.pages(office, clients=chosen.clients, seconds=chosen.seconds)
                rows += web.page_rows(raw["pages"])
    if "leader" in wanted:
        with BenchOffice() as office:
            raw["leader"] = leader.run(office, seconds=chosen.seconds)
            rows += leader.rows(raw["leader"])
    if "record" in wanted:
        with BenchOffice() as office:
            raw["record"] = record.run(office, clients=chosen.clients, seconds=chosen.seconds, rounds=chosen.rounds)
            rows += record.rows(raw["record"])
    if "reports" in wanted:
        with BenchOffice() as office:
            raw["reports"] = reports.run(office)
            rows += reports.rows(raw["reports"])
    if "places" in wanted:
        raw["places"] = places.run()
    for part in ("due", "sheet", "receipt", "search", "clocks", "places"):
        rows += [(f"{part}: {name}", _figure(value), "", "") for name, value in raw.get(part, {}).items()]
    _print(rows)
    if chosen.json:
        chosen.json.write_text(json.dumps(raw, indent=1, default=str))
    print(f"\n{os.cpu_count()} lõi; máy chủ, PostgreSQL và máy bắn tải chạy chung.")


def _figure(value: Any) -> str:
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


def _print(rows: list[tuple[str, str, str, str]]) -> None:
    head = ("Việc", "mỗi giây / số đo", "p50 / p99", "tỷ lệ")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(4)]
    for row in [head, tuple("-" * width for width in widths), *rows]:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()

"""`make bench`: every figure beside the limit taken in the same run, so that ratios survive a slow machine.

Counter intake over HTTP (log-in, CSRF, full middleware) against the same rows written by pgbench; pages;
search; due dates; a reason sheet; a receipt; a decree; the leader's page; a form sent from home;
200 readers at once; calls to 500 boards; numbers to sixteen machines. Prints one table; `--only NAME` runs a part.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from benchmarks import (
    calls,
    due_dates,
    handbook,
    leader,
    open_clocks,
    places,
    readers,
    reason_sheet,
    receipt_pdf,
    record,
    reports,
    search,
    submit,
    tickets,
    web,
)
from benchmarks.office import BenchOffice

# What needs no office of ours, in the order of measuring.
ALONE = {
    "receipt": receipt_pdf, "due": due_dates, "sheet": reason_sheet, "search": search, "clocks": open_clocks,
    "places": places, "handbook": handbook,
}  # fmt: skip
# Each with an office of its own, and what of the settings it takes.
OFFICES = {
    "leader": (leader, ("seconds",)), "record": (record, ("clients", "seconds", "rounds")), "reports": (reports, ()),
    "submit": (submit, ("clients", "seconds", "rounds")), "readers": (readers, ("seconds",)),
    "calls": (calls, ()), "tickets": (tickets, ("seconds",)),
}  # fmt: skip
PARTS = ("receipt", "due", "sheet", "search", "clocks", "intake", "pages", *OFFICES, "places", "handbook")


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
    for part in wanted:
        if part in ALONE:
            raw[part] = ALONE[part].run()
        elif part in OFFICES:
            measured, settings = OFFICES[part]
            with BenchOffice() as office:
                raw[part] = measured.run(office, **{name: getattr(chosen, name) for name in settings})
            rows += measured.rows(raw[part])
    if "intake" in wanted or "pages" in wanted:
        rows += _at_the_counter(raw, wanted, chosen)
    for part in ALONE:
        rows += [(f"{part}: {name}", _figure(value), "", "") for name, value in raw.get(part, {}).items()]
    _print(rows)
    if chosen.json:
        chosen.json.write_text(json.dumps(raw, indent=1, default=str))
    print(f"\n{os.cpu_count()} lõi; máy chủ, PostgreSQL và máy bắn tải chạy chung.")


def _at_the_counter(
    raw: dict[str, Any], wanted: tuple[str, ...], chosen: argparse.Namespace
) -> list[tuple[str, str, str, str]]:
    """Intake and pages share an office: the pages are measured with the dossiers that the intake left."""
    rows: list[tuple[str, str, str, str]] = []
    with BenchOffice() as office:
        if "intake" in wanted:
            raw["intake"] = web.intake(office, clients=chosen.clients, seconds=chosen.seconds, rounds=chosen.rounds)
            rows += web.intake_rows(raw["intake"])
        if "pages" in wanted:
            raw["pages"] = web.pages(office, clients=chosen.clients, seconds=chosen.seconds)
            rows += web.page_rows(raw["pages"])
    return rows


def _figure(value: Any) -> str:
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


def _print(rows: list[tuple[str, str, str, str]]) -> None:
    head = ("Việc", "mỗi giây / số đo", "p50 / p99", "tỷ lệ")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(4)]
    for row in [head, tuple("-" * width for width in widths), *rows]:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()

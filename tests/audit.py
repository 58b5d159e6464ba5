"""Lighthouse over the pages that everybody meets (`make audit`), in a fresh demo office.

Accessibility and best practices must reach 95 of 100. Performance is told and not judged: it is the machine's as much
as ours, and what a page may weigh is judged by tests/browser/test_weight.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright

from tests.browser.pages import BIRTH, Way, at, draft_at
from tests.browser.reading import ARGUMENTS, CITIZEN, Visitors, chromium, launched
from tests.browser.running import REPOSITORY, RunningOffice

LIGHTHOUSE = REPOSITORY / "tools" / "audit" / "node_modules" / ".bin" / "lighthouse"
JUDGED = {"accessibility": "tiếp cận", "best-practices": "cách làm tốt"}
TOLD = {"performance": "tốc độ"}
LEAST = 95
PATIENCE = 180
PAGES: dict[str, tuple[str, Way]] = {
    "trang đầu": ("", at("/")),
    "một thủ tục": ("", at(f"/procedures/{BIRTH}/")),
    "tìm thủ tục": ("", at("/procedures/?q=lam+giay+khai+sinh")),
    "tra cứu hồ sơ": ("", at("/tracking/")),
    "tờ khai, trang đầu": ("", draft_at("1")),
    "trang của công dân": (CITIZEN, at("/me/profile/")),
    "phòng chờ": ("", at("/halls/tan-thanh/")),
    "hẹn giờ": ("", at("/halls/tan-thanh/book/?need=B")),
    "cán bộ đăng nhập": ("", at("/accounts/login/")),
}


def main() -> None:
    """Audit each page; exit 1 when one of them falls short."""
    office = RunningOffice()
    short = False
    try:
        office.start()
        with sync_playwright() as playwright:
            browser = launched(playwright)
            visitors = Visitors(browser, office.url)
            for name, (who, way) in PAGES.items():
                short |= _told(name, audited(visitors, who, way, office.folder))
            browser.close()
    finally:
        office.stop()
    sys.exit(1 if short else 0)


def audited(visitors: Visitors, who: str, way: Way, folder: Path) -> dict[str, Any]:
    """Lighthouse's report of the page at the end of this way, seen by whoever went it."""
    with visitors.page(who, fresh=True) as page:
        way(page)
        address = page.url
        cookies = page.context.cookies()
    headers = folder / "headers.json"
    headers.write_text(json.dumps({"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in cookies)}))
    flags = " ".join(["--headless=new", *ARGUMENTS])
    done = subprocess.run(
        [
            LIGHTHOUSE, address, "--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting",
            f"--only-categories={','.join([*JUDGED, *TOLD])}", f"--extra-headers={headers}", f"--chrome-flags={flags}",
        ],
        env={**os.environ, "CHROME_PATH": chromium()}, stdout=subprocess.PIPE, check=True, timeout=PATIENCE,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(done.stdout)
    seen = report["finalDisplayedUrl"]
    if seen != address or report.get("runtimeError"):
        raise click.ClickException(f"{address}: {report.get('runtimeError') or f'Lighthouse came to {seen}'}")
    return report


def _told(name: str, report: dict[str, Any]) -> bool:
    """One line for the page, and what is wrong with it; whether it falls short."""
    marks = {kind: round((report["categories"][kind]["score"] or 0) * 100) for kind in [*JUDGED, *TOLD]}
    click.echo(f"{name:22}" + "  ".join(f"{word} {marks[kind]:3}" for kind, word in (JUDGED | TOLD).items()))
    for kind in JUDGED:
        for part in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                click.echo(f"    {audit['id']}: {audit['title']}{_places(audit)}")
    return any(marks[kind] < LEAST for kind in JUDGED)


def _places(audit: dict[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])
    return "".join(
        f"\n      {item.get('node', {}).get('snippet') or item.get('description') or item.get('url') or item}"
        for item in items[:4]
    )


if __name__ == "__main__":
    main()

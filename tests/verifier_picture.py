"""What an inspector sees who takes a pack home: the verifier's output, sound, and after one digit was altered."""

import html
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import Page

_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>verify.py</title>
<style>body{margin:0;padding:1.25rem;background:#16202b;color:#e8edf2;font:15px/1.5 monospace}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 1.5rem}b{color:#8fc7ff}</style>"""


def fetched(page: Page) -> Path:
    """The pack of every dossier of the period that the page proposes, asked for as an inspector does, unpacked."""
    page.get_by_label("Mọi hồ sơ của kỳ").check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Lấy gói kiểm tra").click()
    folder = Path(tempfile.mkdtemp(prefix="motcua-pack-"))
    with zipfile.ZipFile(coming.value.path()) as pack:
        pack.extractall(folder)
    return next(path.parent for path in folder.rglob("verify.py"))


def show(page: Page, folder: Path) -> None:
    """Both runs, the second over a dossier list in which one digit is another."""
    sound = _run(folder)
    told = folder / "events.jsonl"
    text = told.read_text(encoding="utf-8")
    place = next(re.finditer(r'"at": ?"\d{4}-\d\d-\d', text)).end()
    told.write_text(text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :], encoding="utf-8")
    page.set_content(_PAGE + _shown(sound) + _shown(_run(folder)))


def _run(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-I", "-B", "verify.py"], cwd=folder, capture_output=True, text=True, timeout=120,
        env={"PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    return f"{done.stdout}{done.stderr}(mã thoát {done.returncode})"


def _shown(said: str) -> str:
    return f"<pre><b>$ python3 verify.py</b>\n{html.escape(said)}</pre>"

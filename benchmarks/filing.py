"""A citizen at her browser, over HTTP: an account, a draft with its answers, two photographed papers."""

import io
import re
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import yaml
from PIL import Image
from psycopg.types.json import Jsonb

from benchmarks.office import BenchOffice, _token

EFORM = Path(__file__).parents[1] / "data" / "eforms" / "birth-registration" / "1.yaml"
PROCEDURE, PHONE, PASSWORD = "1.001193", "0905700700", "mot-cau-de-nho-2026"
PAPERS = 2


class Citizen:
    """Keeps cookies and follows redirects, as a browser does; an answer of 400 or more is a fault."""

    def __init__(self, office: BenchOffice) -> None:
        self.office, self.jar = office, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.page = ""

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.jar}

    def get(self, path: str) -> str:
        """Open a page; the address one comes to."""
        return self._opened(path)

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send the form of the page that is open."""
        body = urlencode({"csrfmiddlewaretoken": _token(self.page), **fields})
        return self._opened(path, body.encode(), "application/x-www-form-urlencoded")

    def post_photo(self, path: str, fields: dict[str, str], photo: bytes) -> str:
        """The same with a photo, as a form without scripts sends it."""
        line = uuid4().hex
        said = {"csrfmiddlewaretoken": _token(self.page), **fields}
        parts = [f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said[name]}\r\n' for name in said]
        head = f'--{line}\r\nContent-Disposition: form-data; name="parts"; filename="IMG.jpg"\r\n\r\n'
        body = "".join([*parts, head]).encode() + photo + f"\r\n--{line}--\r\n".encode()
        return self._opened(path, body, f"multipart/form-data; boundary={line}")

    def _opened(self, path: str, body: bytes | None = None, kind: str = "") -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{self.office.port}{path}", body)
        if kind:
            request.add_header("Content-Type", kind)
        with self._opener.open(request, timeout=60) as answer:
            self.page = answer.read().decode()
            return str(answer.url).partition(f":{self.office.port}")[2]


def filled(office: BenchOffice) -> tuple[Citizen, str]:
    """A citizen and the id of her draft, with nothing left to do but send it."""
    citizen = Citizen(office)
    _register(citizen)
    citizen.get(f"/file/{PROCEDURE}/")
    agency = _found(r'name="agency"\s+value="([0-9a-f-]+)"', citizen.page)
    draft = _found(r"/file/draft/([0-9a-f-]+)/", citizen.post(f"/file/{PROCEDURE}/", {"agency": agency}))
    # What she would type on six pages: the right sample of the form itself.
    answers: dict[str, Any] = yaml.safe_load(EFORM.read_text(encoding="utf-8"))["samples"]["right"]
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua") as connection:
        said = Jsonb(answers)
        connection.execute("UPDATE intake_draft SET answers = %s, known = '[]' WHERE id = %s", (said, draft))
    papers = f"/file/draft/{draft}/papers/"
    citizen.get(papers)
    lines = list(dict.fromkeys(re.findall(r'name="component"\s+value="([0-9a-f-]+)"', citizen.page)))
    for number in range(PAPERS):
        citizen.post_photo(papers, {"component": lines[number % len(lines)]}, _photo(number))
    return citizen, draft


def _register(citizen: Citizen) -> None:
    """The demo shows the code that it does not send."""
    citizen.get("/me/register/?next=/me/profile/")
    here = citizen.post("/me/register/?next=/me/profile/", {"contact": PHONE})
    code = _found(r"<b[^>]*>\s*(\d{6})\s*</b>", citizen.page)
    here = citizen.post(here, {"code": code})
    citizen.post(here, {"full_name": "Nguyễn Thị Lan", "password": PASSWORD})


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"nothing like {pattern} on the page")
    return found.group(1)


def _photo(number: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1200, 1600), 20 + number).save(out, "JPEG", quality=80)
    return out.getvalue()

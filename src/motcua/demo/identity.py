"""The demo's twin of an identity provider: `python -m motcua.demo.identity PORT`, on this machine only.

It speaks OpenID Connect like a real one; its people are invented, and whoever opens it may be any of them.
"""

import logging
import os
import sys
import threading
import time
from typing import Any, Final

import uvicorn
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from oidc_provider_mock import User, init_app  # type: ignore[import-untyped]

# Invented; the numbers are those of no province.
PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "demo-lan": {
        "name": "Nguyễn Thị Ngọc Lan", "personal_id": "000190000017", "birthdate": "1990-03-12", "gender": "female",
        "address": {"formatted": "Số 15 đường Bạch Đằng, phường Hải Châu, thành phố Đà Nẵng"},
        "phone_number": "0905000017", "phone_number_verified": True,
    },
    "demo-minh": {
        "name": "Trần Quang Minh", "personal_id": "000088000025", "birthdate": "1988-11-02", "gender": "male",
        "address": {"formatted": "Số 4 đường Trần Phú, phường Hải Châu, thành phố Đà Nẵng"},
        "email": "minh.tran@example.vn", "email_verified": True,
    },
    "demo-hoa": {
        "name": "Lê Thị Hoa", "personal_id": "000158000033", "birthdate": "1958-07-20", "gender": "female",
        "address": {"formatted": "Tổ 12, phường Hải Châu, thành phố Đà Nẵng"},
    },
    "demo-no-number": {"name": "Người chưa có số định danh", "email": "chua.co@example.vn", "email_verified": False},
}  # fmt: skip
PAGE: Final = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Định danh điện tử (bản trình diễn)</title>
<style>
body{margin:0;background:#FAF7F2;color:#1B1B1F;font:19px/1.5 "Be Vietnam Pro",system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:48px 24px}
h1{font-size:28px;line-height:1.25;margin:0 0 16px}
button{display:block;width:100%;margin:0 0 8px;padding:12px 16px;text-align:left;font:inherit;
border:1px solid #E4DED4;background:#fff;color:inherit;cursor:pointer}
button:focus-visible{outline:3px solid #E3B23C;outline-offset:2px}
.quiet{background:none;border-color:transparent;text-decoration:underline}
</style></head><body><main>
<h1>Định danh điện tử (bản trình diễn)</h1>
<p>Ở đây không có người thật. Chọn người muốn đóng vai; văn phòng sẽ nhận tên và số định danh của người đó.</p>
<form method="post">{% for sub in predefined_users %}
<button type="submit" name="sub" value="{{ sub }}">{{ people[sub] }}</button>{% endfor %}</form>
<form method="post"><button class="quiet" type="submit" name="action" value="deny">Thôi, quay lại</button></form>
</main></body></html>
"""


def twin() -> Flask:
    """The provider, without the library's debugger."""
    # It answers on this machine only, without TLS: the library refuses that unless it is told.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    app = Flask(__name__)
    plain = app.wsgi_app
    init_app(app, user_claims=[User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()])
    app.debug, app.wsgi_app = False, plain  # type: ignore[method-assign]
    app.secret_key = os.urandom(16)
    app.jinja_loader = ChoiceLoader([DictLoader({"authorization_form.html": PAGE})])
    app.jinja_env.globals["people"] = {sub: claims["name"] for sub, claims in PEOPLE.items()}
    return app


def end_with(office: int) -> None:
    """Whoever started it may be killed without a word: then nobody needs it."""
    while os.getppid() == office:
        time.sleep(1)
    os._exit(0)


def main() -> None:
    """Serve until told to stop, or until whoever started it is gone."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    logging.getLogger("oidc_provider_mock").setLevel(logging.ERROR)
    uvicorn.run(twin(), interface="wsgi", host="127.0.0.1", port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()

"""Settings read from the environment, which fail loudly and all at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from motcua.config.identity import IdentityProvider, read_identity

DEVELOPMENT_SECRET = "development-secret-never-for-an-office"  # noqa: S105
DEMO_BANK_SECRET = "demo-bank-secret-never-for-an-office"  # noqa: S105
MODES = ("demo", "production")
# `motcua run` says so to the workers it starts: no other server opens an office with the demo's known secrets.
DEMO_OPENED = "MOTCUA_DEMO_OPENED"
DEMO_REFUSED = (
    "Bản trình diễn dùng mật khẩu và khóa ai cũng biết, chỉ mở bằng `motcua run` ở chính máy này. "
    "Văn phòng thật đặt MOTCUA_MODE=production."
)
PREPARED_ONCE = "-c plan_cache_mode=force_generic_plan -c jit=off"
SCANNER = re.compile(r"/.+|[^:/\s]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
REPOSITORY = Path(__file__).resolve().parents[3]


class SettingsError(RuntimeError):
    """The environment does not make a working office; the message lists every fault."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, checked."""

    mode: str
    secret_key: str
    database: dict[str, Any]
    var: Path
    data: Path
    port: int
    workers: int
    hosts: tuple[str, ...]
    base_url: str
    proxies: int
    log_level: str
    identity: IdentityProvider | None
    mail: dict[str, Any]
    mail_from: str
    gateways: dict[str, tuple[str, str]]
    bank_secret: str
    demo_bank: str
    clamd: str
    live_port: int
    live_url: str
    voice: Path | None
    trust: Path

    @property
    def production(self) -> bool:
        return self.mode == "production"


@dataclass(slots=True)
class _Reader:
    values: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def folder(self, name: str, beside: str) -> Path:
        """A folder of its own, or the one of that name in the repository."""
        return Path(self.text(name) or REPOSITORY / beside).resolve()

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.text(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            self.faults.append(f"{name} phải là số từ {low} đến {high}, đang là “{text}”.")
            return default
        return int(text)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        text = self.text(name) or default
        if text not in choices:
            self.faults.append(f"{name} phải là một trong: {', '.join(choices)}; đang là “{text}”.")
            return default
        return text


def database_settings(url: str) -> dict[str, Any]:
    """Django's database settings for a PostgreSQL URL (or a libpq connection string).

    Raises `SettingsError` when it is not a PostgreSQL address. The password never appears in a message.
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise SettingsError("DATABASE_URL không phải địa chỉ PostgreSQL hợp lệ (postgresql://…).") from error
    options = {key: value for key, value in parts.items() if key not in {"dbname", "user", "password", "host", "port"}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "postgres",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            **options,
            # Django switches prepared statements off; without this every hot statement is planned anew, each time.
            "prepare_threshold": 0,
            "options": f"{options.get('options', '')} {PREPARED_ONCE}".strip(),
        },
    }


def read_environment(values: Mapping[str, str] | None = None) -> Environment:
    """Read and check every setting. Raises `SettingsError` naming all faults in one message."""
    reader = _Reader(values if values is not None else os.environ)
    mode = reader.choice("MOTCUA_MODE", "demo", MODES)
    production = mode == "production"
    hosts = tuple(h.strip() for h in reader.text("MOTCUA_HOSTS").split(",") if h.strip())
    port, base_url = reader.number("MOTCUA_PORT", 8000, 1, 65535), reader.text("MOTCUA_BASE_URL").rstrip("/")
    live_port = reader.number("MOTCUA_LIVE_PORT", port + 1 if port < 65535 else port - 1, 1, 65535)
    if production:
        _require_of_an_office(reader, hosts, base_url)
    mail, mail_from, gateways = _read_carriers(reader, production=production)
    identity, identity_faults = read_identity(reader.values, production=production)
    levels, level = ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO" if production else "WARNING"
    found = Environment(
        mode=mode,
        secret_key=reader.text("MOTCUA_SECRET_KEY") or DEVELOPMENT_SECRET,
        database=_read_database(reader),
        var=reader.folder("MOTCUA_VAR", "var"),
        data=reader.folder("MOTCUA_DATA", "data"),
        port=port,
        workers=reader.number("MOTCUA_WORKERS", 2, 1, 64),
        hosts=hosts or ("127.0.0.1", "localhost", "[::1]"),
        base_url=base_url or f"http://127.0.0.1:{port}",
        proxies=reader.number("MOTCUA_PROXIES", 0, 0, 5),
        log_level=reader.choice("MOTCUA_LOG_LEVEL", level, levels),
        identity=identity,
        mail=mail,
        mail_from=mail_from,
        gateways=gateways,
        bank_secret=_read_bank_secret(reader) or ("" if production else DEMO_BANK_SECRET),
        demo_bank="" if production else reader.text("MOTCUA_DEMO_BANK"),
        clamd=_read_scanner(reader),
        live_port=live_port,
        live_url=_read_live(reader, live_port, production=production),
        voice=_read_voice(reader),
        trust=_read_trust(reader, production=production),
    )
    faults = [*reader.faults, *identity_faults]
    if faults:
        raise SettingsError("Chưa thể khởi động Một Cửa:\n- " + "\n- ".join(faults))
    return found


def _require_of_an_office(reader: _Reader, hosts: tuple[str, ...], base_url: str) -> None:
    """What an office says itself: nothing of the demo's stands in for it."""
    secret = reader.text("MOTCUA_SECRET_KEY")
    if not secret or secret == DEVELOPMENT_SECRET or len(secret) < 50:
        reader.faults.append("MOTCUA_SECRET_KEY phải là chuỗi bí mật riêng, ít nhất 50 ký tự.")
    if not reader.text("DATABASE_URL"):
        reader.faults.append("DATABASE_URL phải trỏ tới PostgreSQL của cơ quan.")
    if not hosts or "*" in hosts:
        reader.faults.append("MOTCUA_HOSTS phải liệt kê tên miền của cơ quan, cách nhau bằng dấu phẩy.")
    if not base_url.startswith("https://"):
        reader.faults.append("MOTCUA_BASE_URL phải là địa chỉ https:// in trên giấy hẹn và mã QR.")


def _read_database(reader: _Reader) -> dict[str, Any]:
    url = reader.text("DATABASE_URL")
    try:
        return database_settings(url) if url else {}
    except SettingsError as error:
        reader.faults.append(str(error))
        return {}


def _read_bank_secret(reader: _Reader) -> str:
    secret = reader.text("MOTCUA_BANK_SECRET")
    if secret and len(secret) < 32:
        reader.faults.append("MOTCUA_BANK_SECRET là chuỗi bí mật chung với ngân hàng, ít nhất 32 ký tự.")
    return secret


def _read_scanner(reader: _Reader) -> str:
    """Where ClamAV listens; "" when papers are not scanned."""
    clamd = reader.text("CLAMD")
    if clamd and not SCANNER.fullmatch(clamd):
        reader.faults.append(f"CLAMD phải là máy:cổng hoặc đường dẫn socket của ClamAV, đang là “{clamd}”.")
    return clamd


def _read_carriers(reader: _Reader, *, production: bool) -> tuple[dict[str, Any], str, dict[str, tuple[str, str]]]:
    """Who carries messages: Django's mail settings, the sender's address, (address, key) of each gateway."""
    sender = reader.text("MOTCUA_MAIL_FROM")
    mail = _read_mail(reader, reader.text("MOTCUA_MAIL"))
    if mail and production and "@" not in sender:
        reader.faults.append("MOTCUA_MAIL_FROM phải là địa chỉ thư mà người dân nhận được thư từ đó.")
    gateways = {
        "sms": _read_gateway(reader, "MOTCUA_SMS_URL", "MOTCUA_SMS_KEY", production=production),
        "zalo": _read_gateway(reader, "MOTCUA_ZALO_URL", "MOTCUA_ZALO_KEY", production=production),
    }
    return mail, sender or "mot-cua@localhost", gateways


def _read_mail(reader: _Reader, url: str) -> dict[str, Any]:
    """From `smtp://[user:password@]host[:port]`, `smtps://…` (TLS) or `smtp+tls://…` (STARTTLS)."""
    if not url:
        return {}
    parts, ports = urlsplit(url), {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    try:
        port = parts.port or ports[parts.scheme]
    except (KeyError, ValueError):
        reader.faults.append("MOTCUA_MAIL phải có dạng smtp+tls://tài-khoản:mật-khẩu@máy-chủ:587.")
        return {}
    return {
        "EMAIL_HOST": parts.hostname or "localhost", "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps", "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }  # fmt: skip


def _read_gateway(reader: _Reader, url_name: str, key_name: str, *, production: bool) -> tuple[str, str]:
    url, key = reader.text(url_name), reader.text(key_name)
    if url and urlsplit(url).scheme not in (("https",) if production else ("https", "http")):
        reader.faults.append(f"{url_name} phải là địa chỉ https:// của nơi chuyển tin.")
    if url and production and not key:
        reader.faults.append(f"{key_name} phải là khóa mà nơi chuyển tin đã cấp.")
    return url, key


def _read_live(reader: _Reader, port: int, *, production: bool) -> str:
    """Where a browser finds the streams of the queue; nothing: at the office's own address, behind its proxy."""
    url = reader.text("MOTCUA_LIVE_URL").rstrip("/")
    if url and urlsplit(url).scheme not in (("https",) if production else ("https", "http")):
        reader.faults.append("MOTCUA_LIVE_URL phải là địa chỉ https:// của `motcua live`, hoặc để trống.")
    return url or ("" if production else f"http://127.0.0.1:{port}")


def _read_trust(reader: _Reader, *, production: bool) -> Path:
    """The folder of the trusted roots. The demo makes one of its own, which no real office ever reads."""
    beside = reader.folder("MOTCUA_VAR", "var") / ("trust" if production else "demo-trust")
    return Path(reader.text("MOTCUA_TRUST") or beside).resolve()


def _read_voice(reader: _Reader) -> Path | None:
    """The folder of recordings that replace the shipped voice."""
    folder = reader.text("MOTCUA_VOICE")
    if folder and not Path(folder).is_dir():
        reader.faults.append("MOTCUA_VOICE phải là thư mục có các bản ghi âm (a.wav, 1.wav, moi-so.wav, …).")
    return Path(folder).resolve() if folder else None

"""Settings read from the environment, which fail loudly and all at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

DEVELOPMENT_SECRET = "development-secret-never-for-an-office"  # noqa: S105
MODES = ("demo", "production")
PREPARED_ONCE = "-c plan_cache_mode=force_generic_plan -c jit=off"
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

    @property
    def production(self) -> bool:
        return self.mode == "production"


@dataclass(slots=True)
class _Reader:
    values: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        text = self.values.get(name, "").strip()
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            self.faults.append(f"{name} phải là số từ {low} đến {high}, đang là “{text}”.")
            return default
        return int(text)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        text = self.values.get(name, "").strip() or default
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
    secret = reader.values.get("MOTCUA_SECRET_KEY", "").strip()
    url = reader.values.get("DATABASE_URL", "").strip()
    hosts = tuple(h.strip() for h in reader.values.get("MOTCUA_HOSTS", "").split(",") if h.strip())
    port = reader.number("MOTCUA_PORT", 8000, 1, 65535)
    base_url = reader.values.get("MOTCUA_BASE_URL", "").strip().rstrip("/")
    if mode == "production":
        if not secret or secret == DEVELOPMENT_SECRET or len(secret) < 50:
            reader.faults.append("MOTCUA_SECRET_KEY phải là chuỗi bí mật riêng, ít nhất 50 ký tự.")
        if not url:
            reader.faults.append("DATABASE_URL phải trỏ tới PostgreSQL của cơ quan.")
        if not hosts or "*" in hosts:
            reader.faults.append("MOTCUA_HOSTS phải liệt kê tên miền của cơ quan, cách nhau bằng dấu phẩy.")
        if not base_url.startswith("https://"):
            reader.faults.append("MOTCUA_BASE_URL phải là địa chỉ https:// in trên giấy hẹn và mã QR.")
    database: dict[str, Any] = {}
    if url:
        try:
            database = database_settings(url)
        except SettingsError as error:
            reader.faults.append(str(error))
    workers = reader.number("MOTCUA_WORKERS", 2, 1, 64)
    proxies = reader.number("MOTCUA_PROXIES", 0, 0, 5)
    level = reader.choice(
        "MOTCUA_LOG_LEVEL", "INFO" if mode == "production" else "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")
    )
    if reader.faults:
        raise SettingsError("Chưa thể khởi động Một Cửa:\n- " + "\n- ".join(reader.faults))
    return Environment(
        mode=mode,
        secret_key=secret or DEVELOPMENT_SECRET,
        database=database,
        var=Path(reader.values.get("MOTCUA_VAR", "").strip() or REPOSITORY / "var").resolve(),
        data=Path(reader.values.get("MOTCUA_DATA", "").strip() or REPOSITORY / "data").resolve(),
        port=port,
        workers=workers,
        hosts=hosts or ("127.0.0.1", "localhost", "[::1]"),
        base_url=base_url or f"http://127.0.0.1:{port}",
        proxies=proxies,
        log_level=level,
    )

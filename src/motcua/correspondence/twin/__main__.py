"""`python -m motcua.correspondence.twin PHONES MAIL`: both servers on these ports, until whoever started it is gone."""

import os
import sys
import threading

from motcua.correspondence.twin.kept import Kept
from motcua.correspondence.twin.letters import mail_server
from motcua.correspondence.twin.phones import phone_server

GLANCE = 2.0


def main(phones: int, mail: int) -> None:
    """Serve until the parent ends, or a signal comes."""
    kept, parent = Kept(), os.getppid()
    servers = (phone_server(kept, phones), mail_server(kept, mail))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    over = threading.Event()
    while os.getppid() == parent:
        over.wait(GLANCE)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""A line that a test can hold or cut: what a page sends and hears passes through here, byte by byte."""

import socket
import threading


class Relay:
    """Passes on to a port of this machine. Held, lines stay open and nothing passes, as behind a pulled cable."""

    def __init__(self, port: int) -> None:
        self._port, self._lines = port, set[socket.socket]()
        self._passes = threading.Event()
        self._passes.set()
        self._left: int | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """From now on nothing passes."""
        self._passes.clear()

    def go_on(self) -> None:
        """What is sent passes again; what was held is lost with its line."""
        self.cut()
        self._passes.set()

    def cut(self) -> None:
        """Every open line ends at once."""
        for line in [*self._lines]:
            _end(line)

    def cut_within(self, several: int) -> None:
        """After so many more bytes to the page all lines end, in the middle of a message."""
        self._left = several

    def close(self) -> None:
        """No more lines."""
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                page, _address = self._server.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve, args=(page,), daemon=True).start()

    def _serve(self, page: socket.socket) -> None:
        self._passes.wait()
        with page:
            try:
                process = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                return  # nobody there: the page's line ends too
            with process:
                self._lines |= {page, process}
                threading.Thread(target=self._pass, args=(page, process), daemon=True).start()
                self._pass(process, page, counted=True)
                self._lines -= {page, process}

    def _pass(self, source: socket.socket, target: socket.socket, *, counted: bool = False) -> None:
        try:
            while sent := source.recv(65_536):
                self._passes.wait()
                left = self._left if counted else None
                target.sendall(sent[:left])
                if left is not None:
                    self._left = left - len(sent) if left > len(sent) else None
                    if self._left is None:
                        break
        except OSError:
            return  # cut, or the other side is gone
        finally:
            _end(source)
            _end(target)


def _end(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over

"""The HTTP server of a sandbox store. It is cheroot, and handles invalid requests like Node's server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any

from cheroot import server as cheroot, wsgi

_HTTPRequest: Any = cheroot.HTTPRequest  # cheroot has no types.
_HTTPConnection: Any = cheroot.HTTPConnection
_Server: Any = wsgi.Server
_LONGEST_HEAD = 16 * 1024
_THREADS = 16
_IDLE_SECONDS = 5
_MOST_CONNECTIONS = 1000


class _Request(_HTTPRequest):  # type: ignore[misc]
    def __init__(self, server: Any, conn: Any) -> None:
        _HTTPRequest.__init__(
            self, server, conn, strict_mode=False
        )  # Strict mode would refuse a path that begins with //.

    def simple_response(self, status: str, msg: str = "") -> None:
        """Respond without a body: 431 if the head is too long, 400 if the request cannot be parsed."""
        line = "431 Request Header Fields Too Large" if str(status)[:3] in ("413", "414") else "400 Bad Request"
        self.close_connection = True
        self.conn.wfile.write(f"HTTP/1.1 {line}\r\nConnection: close\r\n\r\n".encode())

    def read_request_line(self) -> bool:
        """Like cheroot, but refuse characters that are not valid in a request line."""
        is_read = bool(_HTTPRequest.read_request_line(self))
        if is_read and any(not 0x21 <= byte <= 0x7E for byte in self.uri):
            self.simple_response("400 Bad Request")
            return False
        return is_read

    def send_headers(self) -> None:
        """Like cheroot, but send the keep-alive headers of Node's server, and keep the connection after a 413 too."""
        headers: list[tuple[bytes, bytes]] = self.outheaders  # pyright: ignore[reportUnknownMemberType]
        is_kept = not self.close_connection and self.server.can_add_keepalive_connection
        if is_kept:
            headers += [(b"Connection", b"keep-alive"), (b"Keep-Alive", b"timeout=%d" % _IDLE_SECONDS)]
        _HTTPRequest.send_headers(self)
        if is_kept:
            self.close_connection = False


class _Connection(_HTTPConnection):  # type: ignore[misc]
    RequestHandlerClass = _Request

    def close(self) -> None:
        """Like cheroot, but discard data that a disconnected client did not receive.

        Otherwise the writer would try to send it again during garbage collection, and Python 3.13 reports that error.
        """
        _HTTPConnection.close(self)
        with suppress(OSError):
            self.wfile.close()


def _say_nothing(*_: Any, **__: Any) -> None:
    pass


class Server:
    """Serve a WSGI application on 127.0.0.1 in threads until `close()` is called."""

    def __init__(self, application: Any, port: int) -> None:
        if not 0 <= port <= 65535:
            raise OSError(f"port {port} cannot be used: it must be from 0 to 65535")
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError as error:  # cheroot's own message is longer.
            raise OSError(f"port {port} cannot be used: {error}") from error
        self._server = _Server(
            ("127.0.0.1", port), application, numthreads=_THREADS, timeout=_IDLE_SECONDS, shutdown_timeout=1
        )
        self._server.ConnectionClass = _Connection
        self._server.max_request_header_size = _LONGEST_HEAD
        self._server.keep_alive_conn_limit = _MOST_CONNECTIONS
        self._server.expiration_interval = 0.02  # How often the server checks whether it should stop, in seconds.
        self._server.error_log = _say_nothing  # Connections are dropped on purpose.
        ready = threading.Event()
        # cheroot's threads inherit `daemon` from this thread, so that an open store does not delay the exit.
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="sandbox", daemon=True)
        self._thread.start()
        ready.wait()
        self.port: int = self._server.bind_addr[1]

    def _serve(self, ready: threading.Event) -> None:
        try:
            self._server.prepare()
        finally:
            ready.set()
        self._server.serve()

    def close(self) -> None:
        """Stop serving and close all connections."""
        self._server.stop()
        self._thread.join()

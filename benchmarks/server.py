"""A server that costs the client as little time as possible: it sends fixed bytes on persistent connections.

python server.py FOLDER [SECONDS]   prints its port; responds to GET /name with the bytes of FOLDER/name after SECONDS;
                                    if the query has an offset, responds with a page of the FOLDER/count orders, which
                                    are copies of FOLDER/order
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path

HEAD = (
    "HTTP/1.1 200 OK\r\nX-Powered-By: Express\r\nVary: Origin\r\nAccess-Control-Allow-Credentials: true\r\n"
    "Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n{}"
    'ETag: W/"1256-nJGqFYv0dFvWrwsEtOJ7M1cuAnk"\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nConnection: keep-alive\r\n'
    "Keep-Alive: timeout=5\r\n\r\n"
)
COOKIE = (
    "Set-Cookie: connect.sid=s%3AcjwJKLXJvOaKUPQk1gtPSOYcyEAbMMxb.lE0V7nVKdQdOKzXmX7x1u0PAW%2FzHPgzDk3r2pXnT3mA;"
    " Path=/; Expires=Fri, 24 Nov 2028 22:00:00 GMT; HttpOnly\r\n"
)


def answers(folder: Path) -> dict[bytes, tuple[bytes, bytes]]:
    """Return two responses for each name: for requests with a cookie, and for requests without.

    The second response sets a cookie, as Medusa's does.
    """
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for path in folder.iterdir():
        body = path.read_bytes()
        found[path.name.encode()] = (
            HEAD.format(len(body), "").encode() + body,
            HEAD.format(len(body), COOKIE).encode() + body,
        )
    return found


def main() -> None:
    """Serve until killed. `/connections` returns the number of connections that were opened."""
    folder = Path(sys.argv[1])
    by_name = answers(folder)
    order = (folder / "order").read_bytes()
    count = int((folder / "count").read_bytes())
    pause = float(sys.argv[2]) if len(sys.argv) > 2 else 0
    opened = 0

    def page_of_orders(query: bytes) -> bytes:
        limit, offset = (int(query.partition(name)[2].partition(b"&")[0]) for name in (b"limit=", b"offset="))
        numbers = range(offset, min(offset + limit, count))
        rows = b",".join(order.replace(b"NUMBER", str(number).zfill(6).encode()) for number in numbers)
        return b'{"orders":[%b],"count":%d,"offset":%d,"limit":%d}' % (rows, count, offset, limit)

    def serve(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            request = b""
            while b"\r\n\r\n" not in request:
                received = connection.recv(65536)
                if not received:
                    return
                request += received
            path, _, query = request.split(b" ", 2)[1].partition(b"?")
            name = path.rpartition(b"/")[2]
            if pause:
                time.sleep(pause)
            if name == b"connections" or b"offset=" in query:
                body = str(opened).encode() if name == b"connections" else page_of_orders(query)
                connection.sendall(HEAD.format(len(body), "").encode() + body)
            else:
                connection.sendall(by_name[name][b"\r\ncookie: " not in request.lower()])

    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            opened += 1
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()

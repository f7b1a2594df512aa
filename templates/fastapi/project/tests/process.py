"""The server as a process of its own, and raw connections to it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.about import ROOT

_PATIENCE = 60.0


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    port: int

    def ask(self, text: str) -> str:
        """Sends a text on a connection of its own, and reads until the server closes it."""
        with self.connect() as connection:
            connection.sendall(text.encode())
            return read_all(connection)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)


def read_all(connection: socket.socket) -> str:
    parts: list[bytes] = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts).decode()


def read_one(connection: socket.socket) -> str:
    """One answer on a connection that stays open."""
    read = b""
    while True:
        head, found, body = read.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if found and length and len(body) >= int(length[1]):
            return read.decode()
        part = connection.recv(65536)
        if not part:
            raise AssertionError(f"the connection ended after {read!r}")
        read += part


def get(path: str, *headers: str) -> str:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers]
    return "\r\n".join([*lines, "", ""])


def run(module: str, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A module of the app, until it ends."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


@contextmanager
def start_server(**settings: str) -> Iterator[Server]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        server = Server(process, port)
        _wait_for(server)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if re.match("HTTP/1.1 200 ", server.ask(get("/health", "Connection: close"))):
                return
        except ConnectionError:
            time.sleep(0.1)
    server.process.kill()
    output = server.process.stdout.read() if server.process.stdout else ""
    raise AssertionError(f"the server does not answer:\n{output}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

# SPDX-License-Identifier: Apache-2.0
"""A TCP proxy in front of a MySQL server that can break connections and damage what the server sends."""

from __future__ import annotations

import socket
import threading


class Proxy:
    """Listens on a free port. After truncate_next(marker) the first packet of the server that contains the
    marker is sent shorter, with a header that says so: a whole packet, but not a whole event. For that it must
    see packets, so without TLS."""

    def __init__(self, host: str, port: int, *, packets: bool = False) -> None:
        self._forward_answers = self._forward_packets if packets else self._forward
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.truncated = 0
        self._marker: bytes | None = None
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def truncate_next(self, marker: bytes) -> None:
        assert self._forward_answers == self._forward_packets
        self._marker = marker

    def cut(self) -> None:
        """Breaks all connections, as a network does."""
        with self._lock:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it was gone already
            self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            try:
                server = socket.create_connection(self._target)
            except OSError:
                client.close()
                continue
            with self._lock:
                self._open += [client, server]
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self._forward_answers, args=(server, client), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        self._hang_up(source, sink)

    def _forward_packets(self, source: socket.socket, sink: socket.socket) -> None:
        stream = source.makefile("rb")
        try:
            while header := stream.read(4):
                body = stream.read(int.from_bytes(header[:3], "little"))
                sink.sendall(self._maybe_truncated(header, body))
        except OSError:
            pass
        self._hang_up(source, sink)

    def _maybe_truncated(self, header: bytes, body: bytes) -> bytes:
        if self._marker is None or self._marker not in body:
            return header + body
        self._marker = None
        self.truncated += 1
        shorter = body[:-7]
        return len(shorter).to_bytes(3, "little") + header[3:] + shorter

    def _hang_up(self, *sockets: socket.socket) -> None:
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

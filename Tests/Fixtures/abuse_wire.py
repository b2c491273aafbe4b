"""Bare sockets to a gateway, and requests that are right but for what a case asks for."""

import collections
import json
import os
import select
import socket
import time

import order_keys
from dstore_caller import Connection, read_answer
from dstore_signing import PrivateKey, now, request_headers

Seen = collections.namedtuple("Seen", "word status code closed seconds note", defaults=("",))


class Wire:
    """A socket, with TLS where the gateway has it, and what comes back on it."""

    def __init__(self, target, with_tls=True, timeout=10):
        url = target.url
        self.target, self.buffer, self.is_closed = target, b"", False
        self.socket = socket.create_connection((url.hostname, url.port), timeout)
        self.socket.settimeout(timeout)
        if target.context and with_tls:
            self.socket = target.context.wrap_socket(self.socket, server_hostname=url.hostname)
        self.start = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Whether the other side took it all; stops early where it has answered already."""
        view = memoryview(data)
        try:
            while view:
                if len(data) > 1 << 16 and self.has_answered():
                    return False
                view = view[self.socket.send(view[: 1 << 16]):]
            return True
        except OSError:
            return False

    def has_answered(self):
        """Something to read may be TLS's own affair, too."""
        if not select.select([self.socket], [], [], 0)[0]:
            return False
        timeout = self.socket.gettimeout()
        self.fill(0.001)
        self.socket.settimeout(timeout)
        return bool(self.buffer) or self.is_closed

    def fill(self, timeout):
        """Whether more came."""
        try:
            self.socket.settimeout(timeout)
            data = self.socket.recv(1 << 16)
        except TimeoutError:
            return False
        except OSError:
            data = b""
        self.buffer += data
        self.is_closed = not data
        return bool(data)

    def answer(self, path, timeout=10, method="POST"):
        """The next answer; path and method are those that it must be signed for."""
        end = time.monotonic() + timeout
        while True:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = [line.split(": ", 1) for line in lines[1:] if ": " in line]
            size = next((int(value) for name, value in headers
                         if name.lower() == "content-length"), 0)
            if found and len(rest) >= size:
                self.buffer = rest[size:]
                return self.seen((path, method), lines[0], headers, rest[:size])
            if self.is_closed or not self.fill(max(0.01, end - time.monotonic())):
                return self.ended("closed" if self.is_closed else "silence")

    def seen(self, where, first, headers, body):
        status = int(first.split()[1]) if first.startswith("HTTP/") else 0
        if status == 100:
            return self.answer(where[0], method=where[1])
        seconds = time.monotonic() - self.start
        answer = read_answer(self.target, where[0], status, headers, body, where[1])
        word = answer.result if answer.signed else f"bare {status}"
        if not self.is_closed:
            self.fill(0.05)
        return Seen(word, status, answer.code, self.is_closed, seconds)

    def ended(self, word):
        return Seen(word, 0, "", self.is_closed, time.monotonic() - self.start)


class Abuser:
    """Makes the requests, and asks what became of their orders."""

    def __init__(self, target, keys):
        self.target = target
        self.other_key = PrivateKey(os.path.join(keys, "other.key"))
        self.path = target.path("createOrder")
        # One moment for all orders: the same order is to be the same bytes.
        self.due = now(1800)

    def body(self, order_id, **more):
        line = {"posProductId": "LAK", "name": "Laksa", "quantity": 1,
                "price": {"value": 650, "currency": "SGD"}}
        order = {
            "requestOrderId": order_id, "posAccountId": order_keys.ACCOUNT,
            "posStoreId": order_keys.STORES[0], "orderChannel": "GRABFOOD",
            "channelOrderId": "G-1", "serviceType": "PICKUP",
            "expectFulfillmentTime": self.due, "orderProducts": [line],
            "orderAmount": {"value": 650, "currency": "SGD"}, **more,
        }
        return json.dumps(order).encode()

    def request(self, body, method="POST", path=None, signed_path=None, key=None, client=None,
                seconds=0, time=None, sent=None, without=(), length=None, **headers):
        """A whole request; `sent` replaces the body after signing, None takes a header away."""
        path = path or self.path
        all = request_headers(
            key or self.target.key, signed_path or path, client or self.target.client, body,
            time or now(seconds))
        sent = body if sent is None else sent
        all["Host"], all["Content-Length"] = self.target.url.netloc, str(len(sent))
        for name, value in headers.items():
            all[name.replace("_", "-")] = value
        lines = [f"{name}: {value}\r\n" for name, value in all.items() if value is not None]
        return f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode() + sent

    def exchange(self, data, path=None, timeout=10, with_tls=True, method="POST"):
        with Wire(self.target, with_tls, timeout) as wire:
            wire.send(data)
            return wire.answer(path or self.path, timeout, method)

    def holds(self, order_id):
        """Whether the gateway has the order: asked properly."""
        body = json.dumps({"requestOrderId": order_id}).encode()
        return Connection(self.target).insist("inquireOrderDetail", body, 20)[0].result == "S"

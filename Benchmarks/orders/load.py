#!/usr/bin/env python3
"""Places orders as fast as a server answers them, with as little work of its own as Python can.

All requests are made and signed before the clock starts; while it runs, one epoll loop sends
bytes and keeps what comes back. Each connection has one order under way. When the clock has
stopped, every answer must be a signed S. Prints one line of JSON.
"""

import argparse
import gc
import hashlib
import json
import os
import resource
import select
import socket
import ssl
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/Fixtures"))

import order_keys
from dstore_caller import Target, read_answer
from dstore_signing import request_headers
from order_maker import make_order

READ, WRITE = select.EPOLLIN, select.EPOLLOUT


def make_request(target, order):
    path = target.path("createOrder")
    headers = request_headers(target.key, path, target.client, order.body)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return (
        f"POST {path} HTTP/1.1\r\nHost: {target.url.netloc}\r\n{head}"
        f"Content-Length: {len(order.body)}\r\n\r\n").encode() + order.body


def scattered(order, number, given):
    """The same order with ids that look random, so that no index finds them side by side."""
    digits = hashlib.sha256(f"{given.seed}/{given.order_prefix}/{number}".encode()).hexdigest()
    body = json.loads(order.body)
    body["requestOrderId"], body["channelOrderId"] = digits[:32], f"GF-{digits[32:40].upper()}"
    return order._replace(id=digits[:32], body=json.dumps(body, ensure_ascii=False).encode())


def make_requests(target, given):
    orders = [
        make_order(number, given.seed, given.order_prefix, order_keys.ACCOUNT, order_keys.STORES)
        for number in range(given.orders)]
    if given.scattered:
        orders = [scattered(order, number, given) for number, order in enumerate(orders)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda order: make_request(target, order), orders, chunksize=64))


class Connection:
    __slots__ = ("socket", "start", "answer", "size", "rest")

    def __init__(self, target):
        url = target.url
        plain = socket.create_connection((url.hostname, url.port), 10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if target.context:
            plain = target.context.wrap_socket(plain, server_hostname=url.hostname)
        plain.setblocking(False)
        self.socket, self.answer, self.size, self.rest = plain, b"", None, b""

    def send(self, request):
        self.answer, self.size = b"", None
        self.start = time.perf_counter()
        self.write(request)

    def write(self, data):
        """Whether all of it is on its way."""
        try:
            sent = self.socket.send(data)
        except (BlockingIOError, ssl.SSLWantWriteError):
            sent = 0
        self.rest = data[sent:]
        return not self.rest

    def read(self):
        """Whether the answer is whole."""
        try:
            data = self.socket.recv(65536)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        if not data:
            raise SystemExit("the server closed a connection")
        self.answer = self.answer + data if self.answer else data
        if self.size is None:
            end = self.answer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = self.answer[:end].lower()
            at = head.index(b"content-length:") + 15
            self.size = end + 4 + int(head[at:].split(b"\r", 1)[0])
        return len(self.answer) >= self.size


def run(target, requests, count):
    """Answers, in the order of the requests, and the milliseconds of each."""
    connections = [Connection(target) for _ in range(min(count, len(requests)))]
    poll = select.epoll()
    under_way, answers, times = {}, [None] * len(requests), [0.0] * len(requests)
    for number, connection in enumerate(connections):
        under_way[connection.socket.fileno()] = (connection, number)
        poll.register(connection.socket.fileno(), READ)
    upcoming, left = len(connections), len(requests)
    start = time.perf_counter()
    for connection, number in under_way.values():
        connection.send(requests[number])
        while connection.rest:
            connection.write(connection.rest)
    while left:
        events = poll.poll(30)
        if not events:
            raise SystemExit("no answer for 30 s")
        for handle, _ in events:
            connection, number = under_way[handle]
            if not connection.read():
                continue
            times[number] = time.perf_counter() - connection.start
            answers[number] = connection.answer
            left -= 1
            if upcoming < len(requests):
                under_way[handle] = connection, upcoming
                connection.send(requests[upcoming])
                while connection.rest:
                    connection.write(connection.rest)
                upcoming += 1
    seconds = time.perf_counter() - start
    for connection in connections:
        connection.socket.close()
    return answers, times, seconds


def check(target, answers):
    """Every answer is a signed S."""
    path = target.path("createOrder")
    for number, answer in enumerate(answers):
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = [line.split(": ", 1) for line in lines[1:]]
        read = read_answer(target, path, int(lines[0].split()[1]), headers, body)
        if read.status != 200 or read.result != "S" or not read.signed:
            raise SystemExit(f"order {number} was answered {answer!r}")


def quantile(times, share):
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--keys", required=True, help="the folder that order_keys.py made")
    parser.add_argument("--orders", type=int, default=10000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--order-prefix", default="L")
    parser.add_argument("--scattered", action="store_true", help="ids that look random")
    given = parser.parse_args()
    target = Target(given.url, given.keys)
    requests = make_requests(target, given)
    gc.disable()
    before = resource.getrusage(resource.RUSAGE_SELF)
    answers, times, seconds = run(target, requests, given.connections)
    after = resource.getrusage(resource.RUSAGE_SELF)
    check(target, answers)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({
        "connections": given.connections, "orders": len(answers), "seconds": round(seconds, 3),
        "rate": round(len(answers) / seconds, 1), "p50": quantile(times, 0.5),
        "p99": quantile(times, 0.99), "longest": quantile(times, 1),
        "ownCPU": round(used / seconds, 3),
    }))


main()

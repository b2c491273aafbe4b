"""D-Store as a stranger would write it: an HTTPS server that trusts nothing it is told.

Usage: dstore_double.py FOLDER

FOLDER holds certificate.pem and certificate.key (TLS), dstore.key (signs answers), merchant.pub
(checks requests), and client (the client id). The server writes its port to FOLDER/port.

It plays as many D-Stores as there are folders in FOLDER: the path of a request begins with the
name of one. Into that folder the server writes every request as one line of JSON (log), bodies
(body-N) and what each store sells (menus). What it was told of an order stands in the log. Its file faults holds one word for each of the next
requests:

  U  F:CODE  500  429  limit  unsigned  wrong-signature  wrong-time  cut-before  cut-after
  hold-before  hold-after  ok

The hold words wait, before or after the effect, until there is a file release. The stores that
the file refused names are always answered F, those that the file silent names never; the file
message holds the words of an F. Signatures are checked and made by libcrypto.
"""

import base64
import datetime
import functools
import hashlib
import http.server
import json
import os
import re
import shutil
import ssl
import sys
import threading
import time
import urllib.parse

from dstore_signing import PrivateKey, PublicKey

FOLDER = sys.argv[1] if __name__ == "__main__" else ""
LOCK = threading.Lock()
SYNC, NOTIFY = "v2/pos/syncProduct", "v2/pos/notifyOrderChange"
STANDINS = {}


def path(name):
    return os.path.join(FOLDER, name)


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


@functools.cache
def key(name, kind):
    return kind(path(name))


def write(name, data):
    with open(path(name + ".new"), "wb") as file:
        file.write(data)
    os.replace(path(name + ".new"), path(name))


def is_signed(content, value):
    try:
        signature = base64.b64decode(urllib.parse.unquote(value), validate=True)
    except ValueError:
        return False
    return key("merchant.pub", PublicKey).verifies(signature, content)


def sign(content):
    made = key("dstore.key", PrivateKey).sign(content)
    return urllib.parse.quote(base64.b64encode(made).decode(), safe="")


def wrong_headers(headers, body):
    """What a strict reader finds wrong, in words."""
    wrong = []
    if headers.get("Client-Id") != read("client").decode():
        wrong.append("Client-Id")
    if headers.get("Content-Type") != "application/json; charset=UTF-8":
        wrong.append("Content-Type")
    if not re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", headers.get("Request-Time", "")
    ):
        wrong.append("Request-Time")
    if headers.get("Content-Length") != str(len(body)):
        wrong.append("Content-Length")
    return wrong


def is_valid(call, request):
    """The shape of a syncProduct or notifyOrderChange, as the public documentation describes it."""
    if not isinstance(request.get("requestId"), str) or not request["requestId"]:
        return False
    if call == NOTIFY:
        order = request.get("requestOrderId")
        return isinstance(order, str) and bool(order) and len(request) > 2
    if not isinstance(request.get("posAccountId"), str):
        return False
    if not isinstance(request.get("store", {}).get("posStoreId"), str):
        return False
    products = request.get("products")
    if not isinstance(products, list) or not products:
        return False
    return all("posProductId" in one and "type" in one for one in products)


def result(status, code, message="as you like"):
    return {"resultStatus": status, "resultCode": code, "resultMessage": message}


class StandIn:
    """One D-Store, with its memory."""

    def __init__(self, name):
        self.name = name
        self.results = {}
        self.menus = {}
        self.count = 0

    def file(self, name):
        return self.name + "/" + name

    def next_fault(self):
        self.count += 1
        try:
            words = read(self.file("faults")).decode().split()
        except FileNotFoundError:
            return "ok"
        if not words:
            return "ok"
        write(self.file("faults"), " ".join(words[1:]).encode())
        return words[0]

    def names(self, name, store):
        try:
            return store in read(self.file(name)).decode().split()
        except FileNotFoundError:
            return False

    def message(self):
        try:
            return read(self.file("message")).decode()
        except FileNotFoundError:
            return "the price is odd"

    def log(self, entry):
        with open(path(self.file("log")), "a") as file:
            file.write(json.dumps(entry) + "\n")

    def keep(self, number, body):
        write(self.file("body-%d" % number), body)

    def hold(self):
        while not os.path.exists(path(self.file("release"))):
            time.sleep(0.01)

    def apply(self, request):
        """A full sync overwrites; a request of required fields only changes statuses."""
        required = {"posProductId", "type", "status"}
        store = request["posAccountId"] + "/" + request["store"]["posStoreId"]
        if all(set(one) == required for one in request["products"]):
            menu = self.menus.setdefault(store, {})
            for one in request["products"]:
                menu[one["posProductId"]]["status"] = one["status"]
        else:
            self.menus[store] = {one["posProductId"]: one for one in request["products"]}
        self.keep_menus()

    def keep_menus(self):
        write(self.file("menus"), json.dumps(self.menus, sort_keys=True).encode())

    def decide(self, request, body, fault):
        """The result, and whether the request has an effect now."""
        digest = hashlib.sha256(body).hexdigest()
        known = self.results.get(request["requestId"])
        if known:
            if known[0] != digest:
                return result("F", "REPEAT_REQ_INCONSISTENT"), False
            return known[1], False
        if fault == "U":
            return result("U", "UNKNOWN_EXCEPTION", "try again"), False
        if fault == "limit":
            return result("F", "REQUEST_TRAFFIC_EXCEED_LIMIT", "slower"), False
        if self.names("refused", request.get("store", {}).get("posStoreId")):
            fault = "F:PROCESS_FAIL"
        if fault.startswith("F:"):
            answer = result("F", fault[2:], self.message())
            self.results[request["requestId"]] = (digest, answer)
            return answer, False
        answer = result("S", "SUCCESS")
        self.results[request["requestId"]] = (digest, answer)
        if "products" in request:
            self.apply(request)
        return answer, True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            # The client died while it was sending: nothing has arrived.
            self.close_connection = True
            return
        header = self.headers.get("Signature", "")
        found = re.search(r"signature=([^,\s]+)", header)
        content = "POST {}\n{}.{}.".format(
            self.path, self.headers.get("Client-Id", ""), self.headers.get("Request-Time", "")
        ).encode() + body
        wrong = wrong_headers(self.headers, body)
        if not found or not is_signed(content, found.group(1)):
            wrong.append("Signature")
        if "algorithm=RSA256" not in header or "keyVersion=1" not in header:
            wrong.append("Signature's words")
        _, name, call = self.path.split("/", 2)
        with LOCK:
            standin = STANDINS.setdefault(name, StandIn(name))
            fault = standin.next_fault()
            number = standin.count
        standin.keep(number, body)
        request = json.loads(body) if body else {}
        if standin.names("silent", request.get("store", {}).get("posStoreId")):
            fault = "silent"
        entry = {
            "fault": fault, "wrong": wrong, "call": call, "requestId": request.get("requestId"),
            "store": request.get("store", {}).get("posStoreId"), "effect": False, "answer": "",
            "products": [one.get("posProductId") for one in request.get("products", [])],
        }
        if call == NOTIFY:
            entry["digest"], entry["told"] = hashlib.sha256(body).hexdigest(), request
        if not self.act(standin, entry, request, body, fault):
            self.close_connection = True

    def act(self, standin, entry, request, body, fault):
        """Says whether the connection goes on."""
        if fault == "silent":
            standin.log(entry)
            time.sleep(600)
            return False
        if fault in ("cut-before", "hold-before", "500", "429"):
            if fault in ("500", "429"):
                standin.log(entry)
                return self.plain(int(fault))
            if fault == "cut-before":
                standin.log(entry)
                return False
            write(standin.file("holding"), b"")
            standin.hold()
        if entry["wrong"]:
            answer = result("F", "INVALID_SIGNATURE")
        elif entry["call"] not in (SYNC, NOTIFY):
            answer = result("F", "INVALID_API")
        elif not is_valid(entry["call"], request):
            answer = result("F", "PARAM_ILLEGAL")
        else:
            with LOCK:
                answer, entry["effect"] = standin.decide(request, body, fault)
        entry["answer"] = answer["resultStatus"]
        standin.log(entry)
        if fault == "cut-after":
            return False
        if fault == "hold-after":
            write(standin.file("holding"), b"")
            standin.hold()
        return self.answer(answer, fault)

    def plain(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True

    def answer(self, answer, fault):
        body = json.dumps({"result": answer}).encode()
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        client = self.headers.get("Client-Id", "")
        content = "POST {}\n{}.{}.".format(self.path, client, now).encode() + body
        if fault == "wrong-signature":
            content += b" "
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Client-Id", client)
        self.send_header("Response-Time", now if fault != "wrong-time" else "2020-01-01T00:00:00Z")
        if fault != "unsigned":
            self.send_header(
                "Signature", "algorithm=RSA256, keyVersion=1, signature=" + sign(content)
            )
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return False
        return True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def main():
    server = Server(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path("certificate.pem"), path("certificate.key"))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    write("port", str(server.server_address[1]).encode())
    # Ends with the tests that started it, and takes its folder along.
    sys.stdin.read()
    shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()

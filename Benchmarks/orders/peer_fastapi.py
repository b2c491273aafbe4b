"""The endpoint that D-Store calls, as one writes it with FastAPI.

Started by uvicorn; PEER_KEYS is the folder of keys, PEER_DATABASE the SQLite file. Each order is
verified, checked, stored with synchronous=FULL, and answered with a signature. With PEER_OUTBOX
the orders and changes also become files there.
"""

import base64
import hashlib
import os
import re
import sqlite3
import threading
from datetime import datetime, timezone
from urllib.parse import quote, unquote

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from fastapi import Depends, FastAPI, Request, Response

KEYS = os.environ["PEER_KEYS"]
CLIENT = "CLIENT-7"
STORES = {"merchant": {"S-1", "S-2", "S-3"}}
SKEW = 300
CHANNELS = {"DSTORE", "GRABFOOD", "FOODPANDA"}
SERVICES = {"PICKUP", "DINEIN", "DELIVERY"}
REQUIRED = ("orderChannel", "channelOrderId", "serviceType", "expectFulfillmentTime")
SIGNATURE = re.compile(r"signature=([^,\s]+)")

with open(os.path.join(KEYS, "merchant.pem"), "rb") as file:
    PRIVATE = serialization.load_pem_private_key(file.read(), None)
with open(os.path.join(KEYS, "dstore.pub"), "rb") as file:
    DSTORE = serialization.load_pem_public_key(file.read())

SCHEMA = """
CREATE TABLE IF NOT EXISTS orders(
  id INTEGER PRIMARY KEY, requestOrderId TEXT UNIQUE NOT NULL, posOrderId TEXT NOT NULL,
  account TEXT NOT NULL, store TEXT NOT NULL, channelOrderId TEXT, status TEXT NOT NULL,
  digest TEXT NOT NULL, flags TEXT NOT NULL, body BLOB NOT NULL, receivedAt INTEGER NOT NULL,
  release TEXT NOT NULL DEFAULT 'stored', file TEXT);
CREATE TABLE IF NOT EXISTS changes(
  id INTEGER PRIMARY KEY, requestId TEXT UNIQUE NOT NULL, requestOrderId TEXT NOT NULL,
  digest TEXT NOT NULL, body BLOB NOT NULL, receivedAt INTEGER NOT NULL,
  release TEXT NOT NULL DEFAULT 'stored', file TEXT);
"""


def connect():
    database = sqlite3.connect(
        os.environ["PEER_DATABASE"], isolation_level=None, check_same_thread=False, timeout=10)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.executescript(SCHEMA)
    return database


DATABASE, LOCK = connect(), threading.Lock()
app = FastAPI(openapi_url=None)


def now():
    return datetime.now(timezone.utc)


def sign(path, client, time, body):
    content = f"POST {path}\n{client}.{time}.".encode() + body
    made = PRIVATE.sign(content, padding.PKCS1v15(), hashes.SHA256())
    return "algorithm=RSA256, keyVersion=1, signature=" + quote(base64.b64encode(made), safe="")


def answer(request, status, code, message="", http=200, **more):
    result = {"resultStatus": status, "resultCode": code, "resultMessage": message}
    body = orjson.dumps({"result": result, **more})
    time = now().isoformat(timespec="seconds")
    client = request.headers.get("client-id", CLIENT)
    headers = {
        "Client-Id": client, "Response-Time": time,
        "Signature": sign(request.url.path, client, time, body),
    }
    return Response(body, http, headers, "application/json; charset=UTF-8")


class Refused(Exception):
    def __init__(self, status, code, message):
        self.parts = status, code, message


@app.exception_handler(Refused)
def refuse(request, refused):
    return answer(request, *refused.parts)


@app.exception_handler(404)
@app.exception_handler(405)
def no_such_call(request, error):
    return answer(request, "F", "INVALID_API", "there is no such call", error.status_code)


@app.exception_handler(Exception)
def own_trouble(request, error):
    return answer(request, "U", "UNKNOWN_EXCEPTION", "try again")


async def raw_body(request: Request):
    return await request.body()


async def verified(request: Request, body: bytes = Depends(raw_body)):
    """The request's JSON, once its signature holds."""
    client, time = request.headers.get("client-id"), request.headers.get("request-time")
    found = SIGNATURE.search(request.headers.get("signature", ""))
    if client != CLIENT or not time or not found:
        raise Refused("F", "ACCESS_DENIED", "the headers are not complete")
    content = f"POST {request.url.path}\n{client}.{time}.".encode() + body
    try:
        signature = base64.b64decode(unquote(found[1]), validate=True)
        DSTORE.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, InvalidSignature):
        raise Refused("F", "INVALID_SIGNATURE", "the signature does not hold")
    try:
        value = orjson.loads(body)
    except ValueError:
        raise Refused("F", "PARAM_ILLEGAL", "the body is no JSON")
    if not isinstance(value, dict):
        raise Refused("F", "PARAM_ILLEGAL", "the body is no object")
    return value


def is_late(time):
    try:
        return abs((now() - datetime.fromisoformat(time)).total_seconds()) > SKEW
    except (TypeError, ValueError):
        return True


def amount_flags(order):
    try:
        total = 0
        for line in order["orderProducts"]:
            total += line["quantity"] * line["price"]["value"]
            for one in line.get("modifiers", ()):
                total += one.get("quantity", 1) * one["price"]["value"]
        amounts = order["orderAmount"]
        amounts = [amounts] if "value" in amounts else amounts.values()
        return [] if any(one["value"] == total for one in amounts) else ["amounts-differ"]
    except (KeyError, TypeError, AttributeError):
        return ["amounts-unreadable"]


def flags(order, time):
    found = [f"missing {name}" for name in REQUIRED if not isinstance(order.get(name), str)]
    if order.get("orderChannel") not in CHANNELS:
        found.append("unknown channel")
    if order.get("serviceType") not in SERVICES:
        found.append("unknown service")
    if is_late(time):
        found.append("clock")
    return found + amount_flags(order)


def digest(value):
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def fit_id(value, name):
    text = value.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= 255:
        raise Refused("F", "PARAM_ILLEGAL", f"{name} is missing or too long")
    return text


def row_of(order, order_id, body, time):
    account, store = order.get("posAccountId"), order.get("posStoreId")
    if store not in STORES.get(account, ()):
        raise Refused("F", "ACCESS_DENIED", "the account or store is not known")
    return (
        order_id, hashlib.sha256(order_id.encode()).hexdigest()[:16], account, store,
        order.get("channelOrderId"), "ORDER_SUCCESS", digest(order),
        orjson.dumps(flags(order, time)), body, int(now().timestamp() * 1000))


@app.post("/v2/pos/createOrder")
def create_order(
    request: Request, order: dict = Depends(verified), body: bytes = Depends(raw_body)
):
    order_id = fit_id(order, "requestOrderId")
    row = row_of(order, order_id, body, request.headers["request-time"])
    with LOCK:
        stored = DATABASE.execute(
            "INSERT INTO orders(requestOrderId, posOrderId, account, store, channelOrderId,"
            " status, digest, flags, body, receivedAt) VALUES(?,?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT DO NOTHING", row).rowcount
        known = stored or DATABASE.execute(
            "SELECT digest FROM orders WHERE requestOrderId=?", (order_id,)).fetchone()[0]
    if not stored and known != row[6]:
        return answer(request, "F", "REPEAT_REQ_INCONSISTENT", "the order was another one")
    return answer(request, "S", "SUCCESS", posOrderId=row[1])


@app.post("/v2/pos/pushOrderChange")
def push_order_change(
    request: Request, change: dict = Depends(verified), body: bytes = Depends(raw_body)
):
    change_id, order_id = fit_id(change, "requestId"), fit_id(change, "requestOrderId")
    row = change_id, order_id, digest(change), body, int(now().timestamp() * 1000)
    with LOCK:
        if not DATABASE.execute(
            "SELECT 1 FROM orders WHERE requestOrderId=?", (order_id,)).fetchone():
            return answer(request, "U", "UNKNOWN_EXCEPTION", "the order is not known yet")
        stored = DATABASE.execute(
            "INSERT INTO changes(requestId, requestOrderId, digest, body, receivedAt)"
            " VALUES(?,?,?,?,?) ON CONFLICT DO NOTHING", row).rowcount
        known = stored or DATABASE.execute(
            "SELECT digest FROM changes WHERE requestId=?", (change_id,)).fetchone()[0]
        if stored and change.get("orderStatus"):
            DATABASE.execute(
                "UPDATE orders SET status=? WHERE requestOrderId=?",
                (change["orderStatus"], order_id))
    if not stored and known != row[2]:
        return answer(request, "F", "REPEAT_REQ_INCONSISTENT", "the change was another one")
    return answer(request, "S", "SUCCESS")


@app.post("/v2/pos/inquireOrderDetail")
def inquire_order_detail(request: Request, question: dict = Depends(verified)):
    order_id = fit_id(question, "requestOrderId")
    with LOCK:
        found = DATABASE.execute(
            "SELECT posOrderId, status FROM orders WHERE requestOrderId=?", (order_id,)).fetchone()
    if not found:
        return answer(request, "F", "ORDER_NOT_EXIST", "the order is not known")
    return answer(request, "S", "SUCCESS", posOrderId=found[0], orderStatus=found[1])


@app.get("/health")
def health():
    return {"status": "ok"}


if "PEER_OUTBOX" in os.environ:
    import peer_outbox

    peer_outbox.start(connect(), os.environ["PEER_OUTBOX"])

"""RSA signatures of D-Store's messages, made and checked with OpenSSL's libcrypto.

It shares no line with the connector: the content to sign is built here once more, from the
description of the wire alone.
"""

import base64
import ctypes
import datetime
import re
import urllib.parse

CRYPTO = ctypes.CDLL("libcrypto.so.3")
POINTER, SIZE = ctypes.c_void_p, ctypes.c_size_t


def declare(name, result, *arguments):
    function = getattr(CRYPTO, name)
    function.restype, function.argtypes = result, arguments
    return function


new_bio = declare("BIO_new_mem_buf", POINTER, ctypes.c_char_p, ctypes.c_int)
free_bio = declare("BIO_free", ctypes.c_int, POINTER)
read_private = declare("PEM_read_bio_PrivateKey", POINTER, POINTER, POINTER, POINTER, POINTER)
read_public = declare("PEM_read_bio_PUBKEY", POINTER, POINTER, POINTER, POINTER, POINTER)
sha256 = declare("EVP_sha256", POINTER)
new_context = declare("EVP_MD_CTX_new", POINTER)
free_context = declare("EVP_MD_CTX_free", None, POINTER)
begin_sign = declare(
    "EVP_DigestSignInit", ctypes.c_int, POINTER, POINTER, POINTER, POINTER, POINTER)
digest_sign = declare(
    "EVP_DigestSign", ctypes.c_int, POINTER, ctypes.c_char_p, ctypes.POINTER(SIZE),
    ctypes.c_char_p, SIZE)
begin_verify = declare(
    "EVP_DigestVerifyInit", ctypes.c_int, POINTER, POINTER, POINTER, POINTER, POINTER)
digest_verify = declare(
    "EVP_DigestVerify", ctypes.c_int, POINTER, ctypes.c_char_p, SIZE, ctypes.c_char_p, SIZE)
clear_errors = declare("ERR_clear_error", None)


def load(path, reader):
    with open(path, "rb") as file:
        text = file.read()
    bio = new_bio(text, len(text))
    key = reader(bio, None, None, None)
    free_bio(bio)
    if not key:
        raise ValueError(f"{path} holds no key")
    return key


class PrivateKey:
    """May be used from several threads at once."""

    def __init__(self, path):
        self.key = load(path, read_private)

    def sign(self, content):
        context = new_context()
        try:
            size = SIZE(1024)
            value = ctypes.create_string_buffer(size.value)
            if begin_sign(context, None, sha256(), None, self.key) != 1 or digest_sign(
                context, value, ctypes.byref(size), content, len(content)
            ) != 1:
                raise ValueError("libcrypto could not sign")
            return value.raw[: size.value]
        finally:
            free_context(context)


class PublicKey:
    """May be used from several threads at once."""

    def __init__(self, path):
        self.key = load(path, read_public)

    def verifies(self, signature, content):
        context = new_context()
        try:
            return begin_verify(context, None, sha256(), None, self.key) == 1 and digest_verify(
                context, signature, len(signature), content, len(content)
            ) == 1
        finally:
            clear_errors()
            free_context(context)


def now(seconds=0):
    """A time on the wire, some seconds from now."""
    time = datetime.datetime.now().astimezone() + datetime.timedelta(seconds=seconds)
    return time.isoformat(timespec="seconds")


def content(path, client, time, body, method="POST"):
    return f"{method} {path}\n{client}.{time}.".encode() + body


def signature_header(key, path, client, time, body):
    value = base64.b64encode(key.sign(content(path, client, time, body))).decode()
    return "algorithm=RSA256, keyVersion=1, signature=" + urllib.parse.quote(value, safe="")


def request_headers(key, path, client, body, time=None):
    time = time or now()
    return {
        "Client-Id": client,
        "Request-Time": time,
        "Signature": signature_header(key, path, client, time, body),
        "Content-Type": "application/json; charset=UTF-8",
    }


def is_answer_signed(key, path, headers, body, method="POST"):
    """Whether an answer is signed over the request's path; the headers' names in lower case."""
    found = re.search(r"signature=([^,\s]+)", headers.get("signature", ""))
    if not found or "algorithm=RSA256" not in headers["signature"].replace(" ", ""):
        return False
    try:
        signature = base64.b64decode(urllib.parse.unquote(found.group(1)), validate=True)
    except ValueError:
        return False
    client, time = headers.get("client-id", ""), headers.get("response-time", "")
    return bool(time) and key.verifies(signature, content(path, client, time, body, method))

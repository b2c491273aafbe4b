"""Compares the products of several outputs: a request body, a JSON list or JSON lines.

A field that is null or empty is one that is not there. Numbers are compared as they are written.
"""

import hashlib
import sys

import orjson


def products(path):
    with open(path, "rb") as file:
        start = file.read(1)
        file.seek(0)
        if start == b"[":
            yield from orjson.loads(file.read())
            return
        if start == b"{" and file.read(13) == b'{"requestId":':
            file.seek(0)
            yield from orjson.loads(file.read())["products"]
            return
        file.seek(0)
        for line in file:
            yield orjson.loads(line)


def digest(path):
    """The number of products and a digest of them, whatever the order of products and fields."""
    count, total = 0, 0
    for product in products(path):
        filled = {name: value for name, value in product.items() if value not in (None, "")}
        text = orjson.dumps(filled, option=orjson.OPT_SORT_KEYS)
        total ^= int.from_bytes(hashlib.sha256(text).digest())
        count += 1
    return count, hex(total)


def main(paths):
    digests = [digest(path) for path in paths]
    for path, found in zip(paths, digests):
        if found != digests[0]:
            sys.exit(f"{path} has {found}, {paths[0]} has {digests[0]}")
    print(f"{len(paths)} outputs hold the same {digests[0][0]:,} products.")


main(sys.argv[1:])

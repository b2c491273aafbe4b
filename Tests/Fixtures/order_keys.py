"""Keys, a private certificate authority, and a workspace for a connector that is tried from
outside.

Usage: order_keys.py FOLDER --port PORT [--tls] [--prefix PREFIX]

Makes FOLDER/keys (dstore.key, dstore.pub, merchant.pem, merchant.pub, other.key, authority.pem,
certificate.pem, certificate.key, client) and the workspace FOLDER/workspace; what is there stays.
"""

import argparse
import os
import subprocess

CLIENT, ACCOUNT, STORES = "CLIENT-7", "merchant", ("S-1", "S-2", "S-3")

MAKE = """
set -e
umask 077
openssl genrsa -out dstore.key 2048
openssl rsa -in dstore.key -pubout -out dstore.pub
openssl genrsa -out merchant.key 2048
openssl pkcs8 -topk8 -nocrypt -in merchant.key -out merchant.pem
openssl rsa -in merchant.key -pubout -out merchant.pub
openssl genrsa -out other.key 2048
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=private-authority \
  -keyout authority.key -out authority.pem
openssl req -newkey rsa:2048 -nodes -subj /CN=gateway -keyout certificate.key -out gateway.csr
echo subjectAltName=IP:127.0.0.1,DNS:localhost > extensions
openssl x509 -req -in gateway.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
  -days 30 -extfile extensions -out certificate.pem
printf %s "$1" > client
"""

SETTINGS = """environment: sandbox
posAccountId: {account}
stores: [{stores}]
currency: SGD
timeZone: Asia/Singapore
clientId: {client}
keys: {{private: {keys}/merchant.pem, dstorePublic: {keys}/dstore.pub}}
endpoint: https://127.0.0.1:9
gateway:
  listen: 127.0.0.1:{port}
"""

TLS = """  certificate: {keys}/certificate.pem
  privateKey: {keys}/certificate.key
"""


def make_keys(folder):
    if os.path.exists(os.path.join(folder, "client")):
        return
    os.makedirs(folder, exist_ok=True)
    made = subprocess.run(
        ["sh", "-c", MAKE, "sh", CLIENT], cwd=folder, capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(f"openssl could not make the keys: {made.stderr}")


def make_workspace(folder, keys, port, tls=False, prefix=""):
    for name in ("Inbox/products", "Inbox/status", "Outbox/orders", "Outbox/changes", "Mappings"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    path = os.path.join(folder, "Mappings/connector.yaml")
    if os.path.exists(path):
        return
    stores = ", ".join(f"{{posStoreId: {name}}}" for name in STORES)
    text = SETTINGS.format(account=ACCOUNT, stores=stores, client=CLIENT, keys=keys, port=port)
    if tls:
        text += TLS.format(keys=keys)
    if prefix:
        text += f"  pathPrefix: {prefix}\n"
    with open(path, "w") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--prefix", default="")
    given = parser.parse_args()
    folder = os.path.abspath(given.folder)
    make_keys(folder + "/keys")
    make_workspace(folder + "/workspace", folder + "/keys", given.port, given.tls, given.prefix)


if __name__ == "__main__":
    main()

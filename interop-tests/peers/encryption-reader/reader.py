"""Opens an encrypted store by the drawing in store-crypt's layout/package-info alone.

usage: reader.py FOLDER (--key FILE | --password FILE) [--label TEXT] [--tree]

FOLDER holds the values of the store as they are without the layer, each in a file whose name is the key of the store in
hexadecimal digits. Prints for each value its name and its SHA-256, and then "index right", "index none" or "index wrong".
"""

import argparse
import base64
import hashlib
import hmac
import pathlib
import struct
import sys

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEADER, STATE, RESERVE = b"morgana.crypt", b"morgana.crypt.state", b"morgana.crypt.reserve"
HIDDEN, INDEX, LABEL = 1, 2, 4
SEGMENT, TAG = 4096, 16


class Store:
    """The keys of a store, and what they open."""

    def __init__(self, header, user_key, password, label):
        magic, self.flags, kdf, memory, passes, lanes = struct.unpack(">8sBBIHB", header[:17])
        salt, store, nonce = header[17:33], header[33:49], header[49:73]
        if magic != b"MGCRYPT2" or hashlib.sha256(header[:-8]).digest()[:8] != header[-8:]:
            sys.exit("no header, or a damaged one")
        if bool(self.flags & LABEL) != bool(label):
            sys.exit("a label is missing, or one too many")
        self.binding = store + struct.pack(">H", len(label)) + label
        if kdf == 1:
            user_key = hash_secret_raw(password, salt, passes, memory, lanes, 32, Type.ID)
        lock = self.derive(user_key, "lock", salt)
        ring_key = self.derive(lock, "key ring", nonce)
        ring = AESGCM(ring_key).decrypt(gcm_nonce(0, True), header[73:-8], header[:73])
        self.name_key, self.index_key = ring[:32], ring[32:64]
        self.epoch, rewriting, count = struct.unpack(">IBB", ring[64:70])
        if rewriting:
            sys.exit("values are being rewritten; open the store for writing first")
        self.data_keys = {}
        for i in range(count):
            entry = ring[70 + 36 * i : 106 + 36 * i]
            self.data_keys[struct.unpack(">I", entry[:4])[0]] = entry[4:]

    def derive(self, secret, purpose, salt=b"", subject=b""):
        info = b"morgana crypt " + purpose.encode() + b"\0" + self.binding + subject
        return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)

    def open(self, name, sealed):
        """The content of a sealed value, and its version."""
        form, epoch = struct.unpack(">BI", sealed[:5])
        header, version, body = sealed[:29], sealed[5:29], sealed[29:]
        if form != 2 or epoch > self.epoch:
            raise ValueError("not a value of this store as it is now")
        data_key = self.data_keys[max(first for first in self.data_keys if first <= epoch)]
        cipher = AESGCM(self.derive(data_key, "value", version, name))
        content = b""
        for number, at in enumerate(range(0, len(body), SEGMENT + TAG)):
            segment = body[at : at + SEGMENT + TAG]
            last = at + len(segment) == len(body)
            content += cipher.decrypt(gcm_nonce(number, last), segment, header)
        return content, version

    def reveal(self, parent, hidden):
        """The name of a hidden form that lies in something."""
        nonce, body = hidden[:16], hidden[16:]
        decryptor = Cipher(algorithms.AES(self.derive(self.name_key, "name")), modes.CTR(nonce)).decryptor()
        name = decryptor.update(body)
        subject = struct.pack(">I", len(parent)) + parent + name
        if hmac.digest(self.derive(self.name_key, "name nonce"), subject, "sha256")[:16] != nonce:
            raise ValueError("a name that was hidden under another key, or elsewhere")
        return name

    def name(self, raw, tree):
        if not self.flags & HIDDEN:
            return raw
        if not tree:
            return self.reveal(b"", raw)
        path = b""
        for part in raw.split(b"/"):
            hidden = base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
            path = (path + b"/" if path else b"") + self.reveal(path, hidden)
        return path

    def index_is_right(self, state, versions):
        key = self.derive(self.index_key, "versions")
        total = 0
        for name, version in versions.items():
            total += int.from_bytes(hmac.digest(key, struct.pack(">I", len(name)) + name + version, "sha256"), "big")
        found = (total % (1 << 256)).to_bytes(32, "big")
        return found in (state[:32], state[32:64])


def gcm_nonce(number, last):
    return bytes(7) + struct.pack(">IB", number, last)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--key", type=pathlib.Path)
    parser.add_argument("--password", type=pathlib.Path)
    parser.add_argument("--label", default="")
    parser.add_argument("--tree", action="store_true")
    words = parser.parse_args()
    values = {bytes.fromhex(file.name): file.read_bytes() for file in words.folder.iterdir()}
    user_key = bytes.fromhex(words.key.read_text().strip().removeprefix("morgana-key:")) if words.key else b""
    password = words.password.read_bytes().rstrip(b"\r\n") if words.password else b""
    store = Store(values.pop(HEADER), user_key, password, words.label.encode())
    state, _ = store.open(STATE, values.pop(STATE))
    values.pop(RESERVE, None)
    versions = {}
    for raw, sealed in values.items():
        name = store.name(raw, words.tree)
        content, versions[name] = store.open(name, sealed)
        print(name.hex(), hashlib.sha256(content).hexdigest())
    if store.flags & INDEX:
        print("index", "right" if store.index_is_right(state, versions) else "wrong")
    else:
        print("index none")


main()

"""The C littlefs inside littlefs-python, spoken to in lines: see docs/interop.md."""

import hashlib
import json
import sys

import littlefs
from littlefs import LittleFSError, lfs

REGULAR = 1


class Failure(Exception):
    def __init__(self, error, message):
        super().__init__(message)
        self.error = error


class Image:
    """A device over an existing file: an erased byte is 0xFF, and a byte is programmed once per erase."""

    def __init__(self, path):
        self.file = open(path, "r+b", buffering=0)

    def read(self, cfg, block, off, size):
        self.file.seek(block * cfg.block_size + off)
        return bytearray(self.file.read(size))

    def prog(self, cfg, block, off, data):
        position = block * cfg.block_size + off
        self.file.seek(position)
        if self.file.read(len(data)).count(0xFF) != len(data):
            return int(LittleFSError.Error.LFS_ERR_IO)
        self.file.seek(position)
        self.file.write(data)
        return 0

    def erase(self, cfg, block):
        self.file.seek(block * cfg.block_size)
        self.file.write(b"\xff" * cfg.block_size)
        return 0

    def sync(self, cfg):
        return 0


class LittleFs:
    def __init__(self):
        self.image = None
        self.fs = None

    def hello(self, request):
        version = ".".join(map(str, littlefs.__LFS_VERSION__))
        package = littlefs.__version__
        return {"peer": "littlefs-python", "version": f"{package} (littlefs {version})", "protocol": 1, "ops": OPS}

    def format(self, request):
        fs = self._prepared(request)
        fs.format()
        self.image.file.close()

    def open(self, request):
        fs = self._prepared(request)
        fs.mount()
        self.fs = fs

    def put(self, request):
        self._write(request, "wb")

    def append(self, request):
        self._write(request, "ab")

    def truncate(self, request):
        handle = lfs.file_open(self.fs.fs, key(request), "r+", "utf-8")
        try:
            lfs.file_truncate(self.fs.fs, handle, request["size"])
        finally:
            lfs.file_close(self.fs.fs, handle)

    def get(self, request):
        return {"value": {"hex": self._content(key(request)).hex()}}

    def delete(self, request):
        self.fs.remove(key(request))

    def mkdir(self, request):
        self.fs.mkdir(key(request))

    def rename(self, request):
        self.fs.rename(request["from"], request["to"])

    def setattr(self, request):
        self.fs.setattr(key(request), request["type"], bytes.fromhex(request["value"]["hex"]))

    def list(self, request):
        # littlefs has no way to tell which types of attributes are there: they are asked for one by one
        return {"entries": [*self._entries("", request.get("attrs", range(256)))]}

    def check(self, request):
        return {"blocks": self.fs.used_block_count}

    def recover(self, request):
        self.fs.fs_mkconsistent()

    def maintain(self, request):
        self.fs.fs_gc()

    def close(self, request):
        if self.fs is not None:
            self.fs.unmount()
            self.image.file.close()
            self.fs = None

    def _prepared(self, request):
        (path,) = request["images"]
        self.image = Image(path)
        return littlefs.LittleFS(context=self.image, mount=False, **config(request["options"]))

    def _write(self, request, mode):
        with self.fs.open(key(request), mode) as file:
            file.write(value(request))

    def _content(self, path):
        with self.fs.open(path, "rb") as file:
            return file.read()

    def _entries(self, folder, types):
        for info in [*self.fs.scandir(folder or "/")]:
            name = f"{folder}/{info.name}" if folder else info.name
            regular = info.type == REGULAR
            content = self._content(name) if regular else b""
            yield {
                "key": name,
                "type": "file" if regular else "dir",
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "attrs": self._attributes(name, types),
            }
            if not regular:
                yield from self._entries(name, types)

    def _attributes(self, path, types):
        found = {}
        for kind in types:
            try:
                found[str(kind)] = self.fs.getattr(path, kind).hex()
            except LittleFSError as error:
                if error.code != LittleFSError.Error.LFS_ERR_NOATTR:
                    raise
        return found


OPS = [name for name in vars(LittleFs) if not name.startswith("_") and name != "hello"]


def config(options):
    names = {
        "blockSize": "block_size",
        "blockCount": "block_count",
        "readSize": "read_size",
        "progSize": "prog_size",
        "cacheSize": "cache_size",
        "lookaheadSize": "lookahead_size",
        "blockCycles": "block_cycles",
        "nameMax": "name_max",
        "fileMax": "file_max",
        "attrMax": "attr_max",
        "metadataMax": "metadata_max",
        "inlineMax": "inline_max",
    }
    found = {names[name]: number for name, number in options.items() if name in names}
    if "diskVersion" in options:
        major, minor = map(int, options["diskVersion"].split("."))
        found["disk_version"] = major << 16 | minor
    return found


def key(request):
    name = request["key"]
    if isinstance(name, dict):
        raise Failure("UNSUPPORTED", "names are UTF-8 here")
    return name


def value(request):
    wanted = request["value"]
    if "hex" in wanted:
        return bytes.fromhex(wanted["hex"])
    if "file" in wanted:
        with open(wanted["file"], "rb") as file:
            return file.read()
    return xorshift(wanted["seed"], wanted["len"])


def xorshift(seed, size):
    """The stream of the golden data."""
    state = seed or 0x9E3779B9
    out = bytearray()
    while len(out) < size:
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        out += state.to_bytes(4, "little")
    return bytes(out[:size])


def name_of(error):
    """The original's name of an error, under whatever class the binding shows it."""
    cause = error if isinstance(error, LittleFSError) else error.__cause__
    return cause.name.removeprefix("LFS_ERR_") if isinstance(cause, LittleFSError) else type(error).__name__


def answer(peer, request):
    op = request["op"]
    if op != "hello" and op not in OPS:
        return {"error": "UNSUPPORTED", "message": f"no operation {op}"}
    try:
        return {"ok": True, **(getattr(peer, op)(request) or {})}
    except Failure as failure:
        return {"error": failure.error, "message": str(failure)}
    except Exception as error:
        return {"error": name_of(error), "message": str(error)}


def main():
    peer = LittleFs()
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

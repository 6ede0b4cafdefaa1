"""The C littlefs 2.4 inside littlefs-python 0.4.0, which knows version 2.0 of the format only: see docs/interop.md."""

import importlib.util
import pathlib

newer = pathlib.Path(__file__).parent.parent / "littlefs-python" / "peer.py"
spec = importlib.util.spec_from_file_location("newer", newer)
base = importlib.util.module_from_spec(spec)
spec.loader.exec_module(base)


class OlderLittleFs(base.LittleFs):
    """What the binding of 0.4.0 does otherwise. Attributes are out of its reach."""

    def truncate(self, request):
        handle = base.lfs.file_open(self.fs.fs, base.key(request), "r+")
        try:
            base.lfs.file_truncate(self.fs.fs, handle, request["size"])
        finally:
            base.lfs.file_close(self.fs.fs, handle)

    def check(self, request):
        return {"blocks": base.lfs.fs_size(self.fs.fs)}

    def close(self, request):
        if self.fs is not None:
            base.lfs.unmount(self.fs.fs)
            self.image.file.close()
            self.fs = None

    def _attributes(self, path, types):
        return {}


if __name__ == "__main__":
    base.LittleFs = OlderLittleFs
    base.main()

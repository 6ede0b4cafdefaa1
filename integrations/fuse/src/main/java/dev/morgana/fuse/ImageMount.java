package dev.morgana.fuse;

import dev.morgana.nio.tree.FileStatus;
import dev.morgana.nio.tree.OpenFile;
import dev.morgana.nio.tree.OpenRequest;
import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jnr.ffi.Pointer;
import jnr.ffi.Struct;
import jnr.ffi.types.dev_t;
import jnr.ffi.types.gid_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.uid_t;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.ErrorCodes;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * Answers the kernel's questions about a mounted image. libfuse asks one after the other, on one thread.
 *
 * <p>Images keep no permissions and owners: everything belongs to whoever mounts, and setting what is a plain permission is accepted and
 * forgotten, so that programs go on which copy with {@code -p}. There are no links, devices and sockets.
 */
final class ImageMount extends FuseStubFS {
    private static final int PLAIN_MODES = FileStat.S_IFREG | FileStat.S_IFDIR | 0777;
    private static final int FOLDER_MODE = FileStat.S_IFDIR | 0755;
    private static final int FILE_MODE = FileStat.S_IFREG | 0644;
    private static final int READ_ONLY_MASK = ~0222;

    private static final int ACCESS_MODE = 3;
    private static final int O_RDONLY = 0;
    private static final int O_EXCL = 0200;
    private static final int O_TRUNC = 01000;

    private static final long UTIME_NOW = 0x3fffffff;
    private static final long UTIME_OMIT = 0x3ffffffe;

    /** A bit of the word in {@code fuse_operations} that follows {@code bmap}: one of two times may be left out. */
    private static final int UTIME_OMIT_OK = 4;

    private static final int POINTER_BYTES = 8;
    private static final int NAME_MAX = 255;
    private static final int SECTOR = 512;

    private final Tree tree;
    private final InstantSource clock;
    private final Runnable ready;
    private final OpenHandles handles = new OpenHandles();
    private final HiddenFiles hidden;
    private final AtomicReference<@Nullable Pointer> session = new AtomicReference<>();
    private final Owner owner;

    /**
     * A mount of a tree.
     *
     * @param owner who owns everything in it
     * @param ready called when the kernel begins to ask
     * @throws UnsatisfiedLinkError if libfuse is not installed
     */
    ImageMount(Tree tree, Owner owner, InstantSource clock, Runnable ready) {
        this.tree = tree;
        this.hidden = new HiddenFiles(tree);
        this.owner = owner;
        this.clock = clock;
        this.ready = ready;
    }

    /**
     * Mounts, and answers until the image is unmounted.
     *
     * @param words the command line for libfuse
     * @return how libfuse ends; 0 is well
     * @throws IOException if what waits to be removed cannot be
     */
    int serve(String... words) throws IOException {
        long flags = fuseOperations.bmap.offset() + POINTER_BYTES;
        Struct.getMemory(fuseOperations).putInt(flags, UTIME_OMIT_OK);
        int code = libFuse.fuse_main_real(words.length, words, fuseOperations, Struct.size(fuseOperations), null);
        hidden.settle();
        return code;
    }

    /** Tells libfuse to end after the next question. */
    void askToEnd() {
        Pointer running = session.get();
        if (running != null) {
            libFuse.fuse_exit(running);
        }
    }

    @Override
    public Pointer init(Pointer connection) {
        session.set(getContext().fuse.get());
        ready.run();
        return connection;
    }

    /** An answer that may fail. */
    @FunctionalInterface
    private interface Answer {
        int give() throws IOException;
    }

    private int answer(Answer answer) {
        try {
            hidden.settle();
            return answer.give();
        } catch (IOException | RuntimeException e) {
            return -Errno.of(e);
        } catch (OutOfMemoryError e) {
            return -ErrorCodes.ENOMEM();
        }
    }

    /** The key that a path means: its own, or where nothing is there, the one that it was shown for. */
    private Key key(String path) throws IOException {
        Key literal = Key.of(path);
        requireShortNames(literal);
        if (HostNames.maybeEscaped(path) && tree.kind(literal).isEmpty()) {
            Key shown = HostNames.unescaped(path);
            return tree.kind(shown).isPresent() ? shown : literal;
        }
        return literal;
    }

    private void requireShortNames(Key key) throws LimitExceededException {
        long longest = tree.store().info().limits().segmentBytes().orElse(NAME_MAX);
        for (int i = 0; i < key.depth(); i++) {
            if (key.segment(i).length > longest) {
                throw new LimitExceededException("name (bytes)", longest, key.segment(i).length);
            }
        }
    }

    /** What is told of a path, which may be one that libfuse has made up for a file without a name. */
    private FileStatus status(String path) throws IOException {
        Optional<FileStatus> nameless = hidden.status(path);
        return nameless.isPresent() ? nameless.get() : tree.status(key(path));
    }

    /** The key of something that is to be made. */
    private Key newKey(String path) throws IOException {
        if (HostNames.isLost(path)) {
            throw new FileSystemException(path, null, "a name is not UTF-8");
        }
        return key(path);
    }

    @Override
    public int getattr(String path, FileStat stat) {
        return answer(() -> {
            fill(stat, status(path));
            if (hidden.status(path).isPresent()) {
                stat.st_nlink.set(0);
            }
            return 0;
        });
    }

    private void fill(FileStat stat, FileStatus status) {
        boolean folder = status.kind() == Kind.DICTIONARY;
        int mode = folder ? FOLDER_MODE : FILE_MODE;
        stat.st_mode.set(tree.isReadOnly() ? mode & READ_ONLY_MASK : mode);
        stat.st_nlink.set(folder ? 2 : 1);
        stat.st_uid.set(owner.user());
        stat.st_gid.set(owner.group());
        stat.st_size.set(status.size());
        stat.st_blksize.set(tree.store().info().geometry().blockSize());
        stat.st_blocks.set((status.size() + SECTOR - 1) / SECTOR);
        Instant modified = status.modified();
        for (Timespec time : new Timespec[] {stat.st_atim, stat.st_mtim, stat.st_ctim}) {
            time.tv_sec.set(modified.getEpochSecond());
            time.tv_nsec.set(modified.getNano());
        }
    }

    private OpenHandles.Handle handle(FuseFileInfo info) {
        return handles.get(info.fh.get());
    }

    @Override
    public int readdir(String path, Pointer buffer, FuseFillDir filler, @off_t long offset, FuseFileInfo info) {
        return answer(() -> {
            filler.apply(buffer, ".", null, 0);
            filler.apply(buffer, "..", null, 0);
            for (Entry entry : tree.list(key(path))) {
                filler.apply(buffer, HostNames.shown(entry.key().nameBytes()), null, 0);
            }
            return 0;
        });
    }

    @Override
    public int mkdir(String path, @mode_t long mode) {
        return answer(() -> {
            tree.createFolder(newKey(path));
            return 0;
        });
    }

    @Override
    public int mknod(String path, @mode_t long mode, @dev_t long device) {
        if (!FileStat.S_ISREG((int) mode)) {
            return -ErrorCodes.EPERM();
        }
        return answer(() -> {
            tree.close(open(path, O_EXCL, true));
            return 0;
        });
    }

    @Override
    public int symlink(String target, String path) {
        return -ErrorCodes.EPERM();
    }

    @Override
    public int link(String path, String other) {
        return -ErrorCodes.EPERM();
    }

    @Override
    public int chmod(String path, @mode_t long mode) {
        return answer(() -> {
            status(path);
            return tree.isReadOnly() ? -ErrorCodes.EROFS() : (mode & ~PLAIN_MODES) == 0 ? 0 : -ErrorCodes.EPERM();
        });
    }

    @Override
    public int chown(String path, @uid_t long uid, @gid_t long gid) {
        return answer(() -> {
            status(path);
            boolean same = (isUnset(uid) || (int) uid == owner.user()) && (isUnset(gid) || (int) gid == owner.group());
            return tree.isReadOnly() ? -ErrorCodes.EROFS() : same ? 0 : -ErrorCodes.EPERM();
        });
    }

    private static boolean isUnset(long id) {
        return (int) id == -1;
    }

    @Override
    public int unlink(String path) {
        return answer(() -> {
            if (hidden.forget(path)) {
                return 0;
            }
            Key key = key(path);
            if (tree.status(key).kind() == Kind.DICTIONARY) {
                return -ErrorCodes.EISDIR();
            }
            tree.remove(key);
            return 0;
        });
    }

    @Override
    public int rmdir(String path) {
        return answer(() -> {
            Key key = key(path);
            if (tree.status(key).kind() == Kind.VALUE) {
                return -ErrorCodes.ENOTDIR();
            }
            tree.remove(key);
            return 0;
        });
    }

    /** The one question before which what waits to be removed is not: it may be about to be replaced. */
    @Override
    public int rename(String path, String target) {
        try {
            if (HiddenFiles.isMadeUp(target)) {
                hidden.settle();
                hidden.hide(key(path), target);
            } else {
                hidden.move(key(path), newKey(target));
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            return -Errno.of(e);
        }
    }

    private OpenFile open(String path, int flags, boolean creates) throws IOException {
        boolean writes = (flags & ACCESS_MODE) != O_RDONLY || creates;
        boolean excludes = creates && (flags & O_EXCL) != 0;
        boolean truncates = writes && (flags & O_TRUNC) != 0;
        Key key = creates ? newKey(path) : key(path);
        return tree.open(key, new OpenRequest(true, writes, false, truncates, creates, excludes, false, false));
    }

    @Override
    public int open(String path, FuseFileInfo info) {
        return answer(() -> {
            int flags = info.flags.get();
            info.fh.set(handles.add(open(path, flags, false), (flags & ACCESS_MODE) != O_RDONLY));
            return 0;
        });
    }

    @Override
    public int create(String path, @mode_t long mode, FuseFileInfo info) {
        return answer(() -> {
            info.fh.set(handles.add(open(path, info.flags.get(), true), true));
            return 0;
        });
    }

    @Override
    public int read(String path, Pointer buffer, @size_t long size, @off_t long offset, FuseFileInfo info) {
        return answer(() -> {
            ByteBuffer piece = ByteBuffer.allocate((int) size);
            int count = handle(info).file().read(offset, piece);
            buffer.put(0, piece.array(), 0, count);
            return count;
        });
    }

    @Override
    public int write(String path, Pointer buffer, @size_t long size, @off_t long offset, FuseFileInfo info) {
        return answer(() -> {
            byte[] piece = new byte[(int) size];
            buffer.get(0, piece, 0, piece.length);
            handle(info).file().write(offset, ByteBuffer.wrap(piece));
            return piece.length;
        });
    }

    @Override
    public int truncate(String path, @off_t long size) {
        return answer(() -> {
            Optional<OpenFile> nameless = hidden.file(path);
            if (nameless.isPresent()) {
                nameless.get().resize(size);
                return 0;
            }
            OpenFile file = open(path, ACCESS_MODE, false);
            try {
                file.resize(size);
                file.sync();
            } finally {
                tree.close(file);
            }
            return 0;
        });
    }

    @Override
    public int ftruncate(String path, @off_t long size, FuseFileInfo info) {
        return answer(() -> {
            handle(info).file().resize(size);
            return 0;
        });
    }

    /** Called by each {@code close}, whose caller is told whether what was written is in the image. */
    @Override
    public int flush(String path, FuseFileInfo info) {
        return answer(() -> {
            OpenHandles.Handle handle = handle(info);
            if (handle.writes()) {
                handle.file().sync();
            }
            return 0;
        });
    }

    @Override
    public int fsync(String path, int dataOnly, FuseFileInfo info) {
        return answer(() -> {
            handle(info).file().sync();
            return 0;
        });
    }

    /** The names of a folder are durable as soon as they are there, but for a removal that waits for the next question: this one. */
    @Override
    public int fsyncdir(String path, FuseFileInfo info) {
        return answer(() -> 0);
    }

    @Override
    public int release(String path, FuseFileInfo info) {
        return answer(() -> {
            Optional<OpenHandles.Handle> handle = handles.remove(info.fh.get());
            handle.ifPresent(each -> tree.close(each.file()));
            return 0;
        });
    }

    @Override
    public int utimens(String path, Timespec[] times) {
        return answer(() -> {
            Timespec modified = times[1];
            long nanos = modified.tv_nsec.longValue();
            if (nanos == UTIME_OMIT || hidden.status(path).isPresent()) {
                status(path);
            } else {
                Instant time = nanos == UTIME_NOW
                        ? clock.instant()
                        : Instant.ofEpochSecond(modified.tv_sec.longValue(), nanos);
                tree.setModified(key(path), time);
            }
            return 0;
        });
    }

    @Override
    public int statfs(String path, Statvfs stat) {
        return answer(() -> {
            Geometry geometry = tree.store().info().geometry();
            long free = tree.free() / geometry.blockSize();
            stat.f_bsize.set(geometry.blockSize());
            stat.f_frsize.set(geometry.blockSize());
            stat.f_blocks.set(geometry.blockCount());
            stat.f_bfree.set(free);
            stat.f_bavail.set(tree.isReadOnly() ? 0 : free);
            stat.f_files.set(0);
            stat.f_ffree.set(0);
            stat.f_namemax.set(tree.store().info().limits().segmentBytes().orElse(NAME_MAX));
            return 0;
        });
    }
}

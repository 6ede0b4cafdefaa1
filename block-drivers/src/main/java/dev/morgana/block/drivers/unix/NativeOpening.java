package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.block.drivers.Medium;
import dev.morgana.block.drivers.MediumDevice;
import dev.morgana.block.drivers.RequestedGeometry;
import dev.morgana.block.drivers.host.DirectoryEntry;
import dev.morgana.block.drivers.host.OpenMedia;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One attempt to open a path as a device. A failure leaves nothing open or locked, and what exists as it was.
 *
 * @param name the device's name
 * @param path the path
 * @param mode what for
 * @param options checked by the driver
 * @param calls the system
 */
record NativeOpening(String name, Path path, AccessMode mode, Options options, SystemCalls calls) {
    BlockDevice open() throws StoreException {
        try {
            return mode == AccessMode.CREATE && Files.notExists(path) ? create() : existing(FileKind.of(path));
        } catch (StoreException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw failure("does not exist", e);
        } catch (IOException e) {
            throw failure("cannot open it: " + e.getMessage(), e);
        }
    }

    /** Opens what is there, of the kind that the caller found it to be. */
    BlockDevice existing(FileKind kind) throws IOException {
        return switch (kind) {
            case REGULAR, BLOCK, CHARACTER -> claimed(kind);
            case DIRECTORY -> throw failure("is a directory, must be a device or a regular file", null);
            case OTHER -> throw failure("is neither a device nor a regular file", null);
        };
    }

    private BlockDevice claimed(FileKind kind) throws IOException {
        OpenMedia.Claim claim = OpenMedia.claim(name, path, OpenMedia.Owner.NATIVE, isReadOnly());
        try {
            return opened(kind, claim);
        } catch (Throwable e) {
            claim.release();
            throw e;
        }
    }

    private boolean isReadOnly() {
        return mode == AccessMode.READ_ONLY;
    }

    private BlockDevice opened(FileKind kind, OpenMedia.Claim claim) throws IOException {
        int descriptor = descriptor(kind);
        try {
            Medium medium = switch (kind) {
                case CHARACTER -> flash(descriptor);
                case BLOCK -> blockDevice(descriptor);
                default -> file(descriptor);
            };
            Geometry geometry = geometry(kind, medium);
            return MediumDevice.over(new ClaimedMedium(medium, claim), geometry, mode);
        } catch (Throwable e) {
            if (kind == FileKind.REGULAR) {
                calls.unlockAndClose(descriptor);
            } else {
                calls.close(descriptor);
            }
            throw e;
        }
    }

    private int descriptor(FileKind kind) throws IOException {
        int flags = isReadOnly() ? Platform.O_RDONLY : Platform.O_RDWR;
        if (kind == FileKind.BLOCK) {
            flags |= calls.platform().exclusive;
        }
        if (isDirect(kind)) {
            flags |= calls.platform().directFlag();
        }
        try {
            return calls.open(path.toString(), flags);
        } catch (CallException e) {
            if (e.is(calls.platform(), Errno.EBUSY)) {
                throw new DeviceLockedException(name, "the system: it is mounted, or open exclusively");
            }
            throw e;
        }
    }

    private boolean isDirect(FileKind kind) throws InvalidOptionException {
        boolean direct = options.get(NativeDriver.DIRECT) && kind != FileKind.CHARACTER;
        if (direct && calls.platform().directFlag() == 0) {
            throw new InvalidOptionException(NativeDriver.DIRECT.name(), "this system has no O_DIRECT; leave it out");
        }
        return direct;
    }

    private Medium file(int descriptor) throws IOException {
        lock(descriptor);
        long size = calls.end(descriptor);
        int unit = isDirect(FileKind.REGULAR) ? AlignedBuffers.ALIGNMENT : 1;
        return new NativeMedium(name, calls, new OpenDescriptor(descriptor, size, 1, unit, Zeroing.WRITE));
    }

    private void lock(int descriptor) throws IOException {
        try {
            calls.lock(descriptor, isReadOnly());
        } catch (CallException e) {
            if (e.is(calls.platform(), Errno.EAGAIN) || e.is(calls.platform(), Errno.EACCES)) {
                throw new DeviceLockedException(name, "another process");
            }
            throw e;
        }
    }

    private Medium blockDevice(int descriptor) throws IOException {
        if (!isReadOnly() && number(descriptor, ControlRequest.BLKROGET) != 0) {
            throw failure("the device is write-protected; open it with readOnly=true", null);
        }
        boolean linux = calls.platform() == Platform.LINUX;
        int sector = number(descriptor, linux ? ControlRequest.BLKSSZGET : ControlRequest.DKIOCGETBLOCKSIZE);
        long size = linux
                ? longNumber(descriptor, ControlRequest.BLKGETSIZE64)
                : sector * longNumber(descriptor, ControlRequest.DKIOCGETBLOCKCOUNT);
        int unit = isDirect(FileKind.BLOCK) ? sector : 1;
        return new NativeMedium(name, calls, new OpenDescriptor(descriptor, size, sector, unit, zeroing(descriptor)));
    }

    private Zeroing zeroing(int descriptor) throws CallException {
        if (calls.platform() != Platform.LINUX) {
            return Zeroing.WRITE;
        }
        return number(descriptor, ControlRequest.BLKDISCARDZEROES) != 0 ? Zeroing.DISCARD : Zeroing.FILL;
    }

    private int number(int descriptor, ControlRequest request) throws CallException {
        if (calls.platform() != Platform.LINUX && request == ControlRequest.BLKROGET) {
            return 0; // macOS refuses at open
        }
        ByteBuffer answer = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        calls.control(descriptor, request, answer);
        return answer.getInt(0);
    }

    private long longNumber(int descriptor, ControlRequest request) throws CallException {
        ByteBuffer answer = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        calls.control(descriptor, request, answer);
        return answer.getLong(0);
    }

    private Medium flash(int descriptor) throws IOException {
        ByteBuffer answer = MtdInfo.allocate();
        try {
            calls.control(descriptor, ControlRequest.MEMGETINFO, answer);
        } catch (CallException e) {
            throw failure("is a character device, but no MTD flash: " + e.getMessage(), e);
        }
        MtdInfo info = MtdInfo.decode(answer, calls.end(descriptor));
        lock(descriptor);
        if (!isReadOnly() && !info.isWriteable()) {
            throw failure("the flash is write-protected; open it with readOnly=true", null);
        }
        return new MtdMedium(name, calls, descriptor, info, options.get(NativeDriver.MARK_BAD));
    }

    private Geometry geometry(FileKind kind, Medium medium) throws StoreException {
        if (medium.size() == 0) {
            throw failure("is empty, so that it holds no image", null);
        }
        ErasedState usual = kind == FileKind.BLOCK ? ErasedState.UNDEFINED : ErasedState.ONES;
        Geometry geometry = RequestedGeometry.of(options)
                .withUnits(medium.unit(), medium.eraseUnit(), usual)
                .over(medium.size());
        if (geometry.sizeBytes() > medium.size()) {
            throw new InvalidOptionException(
                    GeometryOptions.SIZE.name(),
                    geometry.sizeBytes() + " bytes are more than " + path + " has, which is " + medium.size());
        }
        if (kind == FileKind.CHARACTER && geometry.erased() != ErasedState.ONES) {
            throw new InvalidOptionException(GeometryOptions.ERASED.name(), "flash erases to ones");
        }
        return geometry;
    }

    /** Makes a regular file of the size asked for, erased; takes it away again if that fails half-way. */
    private BlockDevice create() throws IOException {
        Geometry geometry = RequestedGeometry.of(options)
                .over(RequestedGeometry.of(options)
                        .size()
                        .orElseThrow(() -> new InvalidOptionException(
                                GeometryOptions.SIZE.name(), "is needed to make " + path + "; size=1MiB would do")));
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            return existing(FileKind.of(path)); // somebody else was faster
        } catch (NoSuchFileException e) {
            throw failure("its directory does not exist; make it first", e);
        }
        try {
            fill(geometry);
            DirectoryEntry.sync(path);
            return existing(FileKind.REGULAR);
        } catch (Throwable e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private void fill(Geometry geometry) throws IOException {
        int descriptor = calls.open(path.toString(), Platform.O_RDWR);
        try {
            calls.truncate(descriptor, geometry.sizeBytes());
            if (geometry.erased() == ErasedState.ONES) {
                OpenDescriptor file = new OpenDescriptor(descriptor, geometry.sizeBytes(), 1, 1, Zeroing.WRITE);
                new NativeMedium(name, calls, file).fill(0, geometry.sizeBytes(), (byte) 0xff);
            }
            calls.sync(descriptor);
        } finally {
            calls.close(descriptor);
        }
    }

    private DeviceIoException failure(String reason, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DeviceIoException(name, reason, 0, 0, cause);
    }
}

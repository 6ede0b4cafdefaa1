package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.host.PartFolder;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/** An image that is being made. A file is made under another name, and gets its own when it is whole. */
final class NewImage {
    private static final String FILE_DRIVER = "file";

    /** Fills a new store. It may be called again, with a larger store, where it ended for want of space. */
    @FunctionalInterface
    interface Filling {
        /** Fills a store. */
        void fill(Store store) throws Exception;
    }

    /**
     * What was made.
     *
     * @param info what it is
     * @param content what it holds
     */
    record Made(StoreInfo info, ContentCount content) {}

    private final Morgana morgana;
    private final StoreAddress address;
    private final boolean force;
    private final boolean keep;

    /**
     * An image that is to be made.
     *
     * @param address where, with a format and its options
     * @param force whether a file that exists may be replaced
     * @param keep whether the image stays; else it is made and thrown away
     */
    NewImage(Morgana morgana, StoreAddress address, boolean force, boolean keep) {
        this.morgana = morgana;
        this.address = address;
        this.force = force;
        this.keep = keep;
    }

    /** Whether the address tells how large the image is to be, or it exists outside of a file system. */
    boolean hasSize() {
        return address.options().asText().containsKey("size") || !isFile();
    }

    /**
     * Makes it in the size that its address tells.
     *
     * @throws UsageException where that is too small, with a size that is enough
     */
    Made make(Filling filling) throws Exception {
        try {
            return attempt(filling);
        } catch (NoSpaceException e) {
            throw isFile() ? tooSmall(e, filling) : e;
        }
    }

    private Exception tooSmall(NoSpaceException error, Filling filling) {
        try {
            NewImage trial = new NewImage(morgana, address, force, false);
            long enough = new SizeSearch(trial, filling).sufficientSize();
            return new UsageException(error.getMessage() + "; --size " + enough + " is enough", ExitCode.NO_SPACE);
        } catch (Exception e) {
            return error; // such as a number of blocks that allows no other size
        }
    }

    /** Makes it in the size that its address tells, or the default one. */
    Made attempt(Filling filling) throws Exception {
        if (!isFile()) {
            if (!keep) {
                throw new UsageException(
                        address.medium() + " is not a file, so it cannot be tried without changing it");
            }
            return fill(address, filling);
        }
        Path target = target();
        checkTarget(target);
        try (PartFolder parts = PartFolder.beside(target)) {
            Path part = parts.file("image");
            Made made = fill(at(part), filling);
            if (keep) {
                keepOwners(target, part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                syncFolder(target);
            }
            return made;
        }
    }

    /** What takes the place of a file belongs to those who had that one, as far as this process may give it to them. */
    private static void keepOwners(Path old, Path made) throws IOException {
        Optional<PosixFileAttributeView> view =
                Optional.ofNullable(Files.getFileAttributeView(made, PosixFileAttributeView.class));
        if (view.isEmpty() || !Files.exists(old)) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(old, PosixFileAttributes.class);
        try {
            view.get().setOwner(wanted.owner());
            view.get().setGroup(wanted.group());
        } catch (FileSystemException e) {
            // not ours to give away; it belongs to who has made it
        }
        view.get().setPermissions(wanted.permissions());
    }

    /** A new name is durable with its folder. Systems on which a folder cannot be opened do that by themselves. */
    private static void syncFolder(Path target) throws IOException {
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException e) {
            // such a system, or a folder that may not be read
        }
    }

    /**
     * Makes it as small as it can be.
     *
     * @param content how many bytes will go in, about
     * @param exact whether to the block; else to a power of two
     */
    Made makeSmallest(long content, boolean exact, Filling filling) throws Exception {
        checkTarget(target());
        return new SizeSearch(this, filling).smallest(content, exact);
    }

    /** The same image in a size. */
    NewImage sized(long size, boolean stays) {
        Options options = Options.none().plus("size", String.valueOf(size));
        return new NewImage(morgana, address.with(options), force, stays && keep);
    }

    private Made fill(StoreAddress where, Filling filling) throws Exception {
        try (Store store = morgana.at(where).createStore()) {
            filling.fill(store);
            store.flush();
            return new Made(store.info(), ContentCount.of(store));
        }
    }

    private boolean isFile() {
        return address.driver().orElse(FILE_DRIVER).equals(FILE_DRIVER);
    }

    private Path target() {
        return Path.of(address.part());
    }

    private void checkTarget(Path target) throws UsageException {
        if (Files.isDirectory(target)) {
            throw new UsageException(target + " exists and is a folder");
        }
        if (keep && !force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(target + " exists; use --force to replace it");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(target + ": its folder does not exist; make it first");
        }
    }

    /** The same image in another file. Nobody knows that one by its name before it is whole, so that one sync at the end will do. */
    private StoreAddress at(Path file) {
        return address.withPart(file.toString()).withOnly(address.options().plus("sync", "at-close"));
    }
}

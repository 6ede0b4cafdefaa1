package dev.morgana.fuse;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Map;
import ru.serce.jnrfuse.ErrorCodes;

/** The numbers by which the kernel knows errors. */
final class Errno {
    /** The reasons that the tree gives where there is no class for them. */
    private static final Map<String, Integer> REASONS = Map.of(
            "Is a directory", ErrorCodes.EISDIR(),
            "Not a directory", ErrorCodes.ENOTDIR(),
            "Device or resource busy", ErrorCodes.EBUSY(),
            "Invalid argument: a folder cannot go into itself", ErrorCodes.EINVAL());

    private Errno() {}

    /** The number of an error. What nobody foresaw is an input or output error: the mount stays. */
    static int of(Throwable error) {
        if (error instanceof StoreException store) {
            return of(store);
        }
        if (error instanceof NoSuchFileException) {
            return ErrorCodes.ENOENT();
        }
        if (error instanceof FileAlreadyExistsException) {
            return ErrorCodes.EEXIST();
        }
        if (error instanceof DirectoryNotEmptyException) {
            return ErrorCodes.ENOTEMPTY();
        }
        if (error instanceof NotDirectoryException) {
            return ErrorCodes.ENOTDIR();
        }
        if (error instanceof ReadOnlyFileSystemException) {
            return ErrorCodes.EROFS();
        }
        if (error instanceof FileSystemException system) {
            return REASONS.getOrDefault(String.valueOf(system.getReason()), ErrorCodes.EIO());
        }
        return error.getCause() == null ? ErrorCodes.EIO() : of(error.getCause());
    }

    private static int of(StoreException error) {
        return switch (error.failure()) {
            case NO_SUCH_KEY -> ErrorCodes.ENOENT();
            case KEY_EXISTS -> ErrorCodes.EEXIST();
            case DICTIONARY_EXPECTED -> ErrorCodes.ENOTDIR();
            case VALUE_EXPECTED -> ErrorCodes.EISDIR();
            case NO_SPACE -> ErrorCodes.ENOSPC();
            case RENAME_INTO_SELF, INVALID_REQUEST -> ErrorCodes.EINVAL();
            case READ_ONLY_STORE, DEVICE_READ_ONLY -> ErrorCodes.EROFS();
            case LIMIT_EXCEEDED -> limit((LimitExceededException) error);
            default -> ErrorCodes.EIO();
        };
    }

    private static int limit(LimitExceededException error) {
        return error.limit().contains("value") || error.limit().contains("file")
                ? ErrorCodes.EFBIG()
                : ErrorCodes.ENAMETOOLONG();
    }
}

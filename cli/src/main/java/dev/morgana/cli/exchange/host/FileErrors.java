package dev.morgana.cli.exchange.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Errors of the host's file system, in words. */
public final class FileErrors {
    private FileErrors() {}

    /** What went wrong, and with which file. */
    public static String describe(IOException error) {
        if (error instanceof FileSystemException failed) {
            return (failed.getFile() == null ? "a file" : failed.getFile()) + ": " + reason(failed);
        }
        return "input or output failed: "
                + (error.getMessage() == null ? "the system gives no reason" : error.getMessage());
    }

    private static String reason(FileSystemException failed) {
        if (failed instanceof NoSuchFileException) {
            return "no such file or folder; its folder must exist";
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "already exists, as something else";
        }
        if (failed instanceof DirectoryNotEmptyException) {
            return "is a folder with content";
        }
        if (failed instanceof NotDirectoryException) {
            return "is not a folder";
        }
        if (failed instanceof FileSystemLoopException) {
            return "is a link to a folder above it";
        }
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failed.getReason() == null ? "refused by the system" : failed.getReason();
    }

    /** Java has no class for a full disk, only what the system says. A driver has it for its cause. */
    public static boolean isDiskFull(IOException error) {
        return String.valueOf(error.getMessage()).contains("No space left on device")
                || (error.getCause() instanceof IOException cause && isDiskFull(cause));
    }
}

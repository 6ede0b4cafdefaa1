package dev.morgana.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers of Linux, as its headers have them. */
class ErrnoTest {
    @Test
    void errorsHaveTheNumbersOfLinux() {
        Map<Throwable, Integer> expected = Map.ofEntries(
                Map.entry(new NoSuchFileException("a"), 2),
                Map.entry(new NoSuchKeyException(Key.of("a")), 2),
                Map.entry(new IOException("device"), 5),
                Map.entry(new IllegalStateException(), 5),
                Map.entry(new FileSystemException("a", null, "Device or resource busy"), 16),
                Map.entry(new FileAlreadyExistsException("a"), 17),
                Map.entry(new NotDirectoryException("a"), 20),
                Map.entry(new FileSystemException("a", null, "Not a directory"), 20),
                Map.entry(new FileSystemException("a", null, "Is a directory"), 21),
                Map.entry(new LimitExceededException("value (bytes)", 1, 2), 27),
                Map.entry(new NoSpaceException("a"), 28),
                Map.entry(new IOException("close", new NoSpaceException("a")), 28),
                Map.entry(new ReadOnlyFileSystemException(), 30),
                Map.entry(new LimitExceededException("name (bytes)", 1, 2), 36),
                Map.entry(new DirectoryNotEmptyException("a"), 39));
        expected.forEach(
                (error, number) -> assertThat(Errno.of(error)).as("%s", error).isEqualTo(number));
    }
}

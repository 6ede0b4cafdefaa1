package dev.morgana.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.impl.StandardFileSystemManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileProviderTest {
    @TempDir
    private Path folder;

    private Path image() throws Exception {
        Path image = folder.resolve("a.img");
        try (KeyValueStore store = Morgana.load()
                .at("littlefs+file:" + image + "?size=256KiB&blockSize=4096")
                .create()) {
            store.set(Key.of("/etc/settings"), "colour=blue".getBytes(UTF_8));
        }
        return image;
    }

    private static StandardFileSystemManager manager() throws Exception {
        StandardFileSystemManager manager = new StandardFileSystemManager();
        manager.init();
        return manager;
    }

    @Test
    void vfsFindsTheProviderByItself() throws Exception {
        Path image = image();
        try (StandardFileSystemManager manager = manager();
                StandardFileSystemManager other = manager()) {
            FileObject file = manager.resolveFile("morgana:" + image.toUri() + "!/etc/settings");
            assertThat(file.getContent().getString(UTF_8)).isEqualTo("colour=blue");
            file.getParent().resolveFile("more").getContent().getOutputStream().close();
            // A second manager sees the same image, since it is the same process that has it.
            assertThat(other.resolveFile("morgana:" + image.toUri() + "!/etc/more")
                            .exists())
                    .isTrue();
        }
        try (KeyValueStore store = Morgana.load().at(image).open()) {
            assertThat(store.size(Key.of("/etc/more"))).isZero();
        }
    }

    @Test
    void optionsAreThoseOfTheFormat() throws Exception {
        Path image = image();
        byte[] before = Files.readAllBytes(image);
        FileSystemOptions options = new FileSystemOptions();
        ImageConfigBuilder.getInstance().setFormat(options, "littlefs");
        ImageConfigBuilder.getInstance().setOption(options, "readOnly", "true");
        try (StandardFileSystemManager manager = manager()) {
            FileObject file = manager.resolveFile("morgana:" + image.toUri() + "!/etc/settings", options);
            assertThat(file.isWriteable()).isFalse();
            assertThatThrownBy(() -> file.getContent().getOutputStream()).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(file::delete).isInstanceOf(FileSystemException.class);
        }
        FileSystemOptions wrong = new FileSystemOptions();
        ImageConfigBuilder.getInstance().setOption(wrong, "fish", "1");
        try (StandardFileSystemManager manager = manager()) {
            assertThatThrownBy(() -> manager.resolveFile("morgana:" + image.toUri() + "!/", wrong))
                    .hasRootCauseInstanceOf(InvalidOptionException.class);
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void whatIsNoImageIsAnError() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "no image");
        try (StandardFileSystemManager manager = manager()) {
            assertThatThrownBy(() -> manager.resolveFile("morgana:" + file.toUri() + "!/"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("text");
            assertThatThrownBy(() -> manager.resolveFile(
                            "morgana:" + folder.resolve("none").toUri() + "!/"))
                    .isInstanceOf(FileSystemException.class);
        }
    }
}

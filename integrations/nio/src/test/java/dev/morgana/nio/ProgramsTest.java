package dev.morgana.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that know nothing of images, on files within them. */
class ProgramsTest {
    private static final int FILES = 2500;
    private static final int FILES_PER_FOLDER = 50;
    private static final int ROWS = 2000;

    /** Copies what is below one folder to below another one, as programs do that walk trees. */
    private static int copy(Path from, Path to) throws IOException {
        int[] copied = new int[1];
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            private Path target(Path path) {
                return to.resolve(from.relativize(path).toString());
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target(file));
                copied[0]++;
                return FileVisitResult.CONTINUE;
            }
        });
        return copied[0];
    }

    @Campaign
    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs", "embedkv"})
    void manyFilesAreCopiedInAndOut(String format, @TempDir Path folder) throws Exception {
        int files = format.equals("littlefs") ? FILES : TestSize.of(FILES / 5, FILES / 5, FILES);
        Random random = new Random(7);
        Path source = folder.resolve("source");
        for (int i = 0; i < files; i++) {
            Path place = Files.createDirectories(source.resolve("folder " + i / FILES_PER_FOLDER));
            byte[] content = new byte[random.nextInt(1500)];
            random.nextBytes(content);
            Files.write(place.resolve("file " + i), content);
        }
        try (FileSystem image = SampleImages.create(format)) {
            assertThat(copy(source, image.getPath("/all"))).isEqualTo(files);
            Path back = folder.resolve("back");
            assertThat(copy(image.getPath("/all"), back)).isEqualTo(files);
            for (int i = 0; i < files; i++) {
                String name = "folder " + i / FILES_PER_FOLDER + "/file " + i;
                assertThat(Files.mismatch(source.resolve(name), back.resolve(name)))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs", "embedkv"})
    void aZipWithinAnImageIsAFileSystemToo(String format) throws Exception {
        try (FileSystem files = SampleImages.create(format)) {
            Path zip = files.getPath("/archive.zip");
            try (FileSystem inner = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
                Files.createDirectories(inner.getPath("/a/b"));
                Files.writeString(inner.getPath("/a/b/c"), "deep".repeat(1000));
            }
            try (FileSystem inner = FileSystems.newFileSystem(zip)) {
                Files.writeString(inner.getPath("/a/new"), "more");
                Files.delete(inner.getPath("/a/b/c"));
                Files.writeString(inner.getPath("/a/b/d"), "deeper");
            }
            try (FileSystem inner = FileSystems.newFileSystem(zip)) {
                assertThat(FileCases.content(inner.getPath("/")))
                        .containsEntry("a/new", "more")
                        .containsEntry("a/b/d", "deeper")
                        .doesNotContainKey("a/b/c");
            }
        }
    }

    /** H2 reads, writes, truncates and locks through one channel, and finds its rows again. */
    @Test
    void aDatabaseLivesInAnImage() throws Exception {
        try (FileSystem files = SampleImages.create("littlefs")) {
            String url = ImageFilePath.register(files.getPath("/db"));
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table t(id int primary key, name varchar)");
                statement.execute("insert into t select x, 'row ' || x from system_range(1, " + ROWS + ")");
                statement.execute("delete from t where mod(id, 3) = 0");
                statement.execute("shutdown compact");
            }
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("select count(*), max(name), sum(id) from t")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(ROWS - ROWS / 3);
                assertThat(result.getString(2)).isEqualTo("row 998");
                assertThat(result.getLong(3)).isEqualTo(1_334_667L);
            }
            assertThat(Files.size(files.getPath("/db/test.mv.db"))).isPositive();
        }
    }
}

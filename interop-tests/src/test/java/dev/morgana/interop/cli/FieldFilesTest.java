package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of odd sizes, and an image on a device whose reads fail: what the command makes of them. */
@Campaign
class FieldFilesTest {
    private static final List<String> ODD = List.of("seven-bytes.bin", "eight-bytes.bin", "ekv-5688-bytes.img");
    private static final String THREE_VALUES = "pw_kvs-three-values.img";
    private static final int NOT_RECOGNISED = 4;
    private static final int IO_ERROR = 6;

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws Exception {
        for (String name : ODD) {
            Files.copy(Path.of("golden", "field", name), folder.resolve(name));
        }
        Files.copy(Path.of("golden", "field", THREE_VALUES), folder.resolve(THREE_VALUES));
    }

    private CommandProcess run(String... words) throws Exception {
        return CommandProcess.run(List.of(), folder, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven-bytes.bin", "eight-bytes.bin", "ekv-5688-bytes.img"})
    void ofAnyLengthAreNotRecognised(String name) throws Exception {
        CommandProcess identify = run("identify", name);
        assertThat(identify.code()).as(identify.toString()).isEqualTo(NOT_RECOGNISED);
        assertThat(identify.out() + identify.err()).contains("not recogni");
        for (String verb : List.of("ls", "info", "check", "repair")) {
            CommandProcess other = run(verb, name);
            assertThat(other.code()).as(verb + ": " + other).isEqualTo(NOT_RECOGNISED);
            assertThat(other.err()).doesNotContain("should not happen");
        }
    }

    @Test
    void aBatchGoesOnBehindThem() throws Exception {
        CommandProcess identify = run("identify", ODD.get(0), ODD.get(1), ODD.get(2), THREE_VALUES);
        assertThat(identify.out()).contains("pw_kvs");
    }

    /** The device reads once, to recognise the image, and then no more. */
    private String failingAfter(int reads, String options) {
        return "pw_kvs+readfail+file:" + THREE_VALUES + "?sectorSize=1024&after=" + reads + options;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRepairWritesNothingWhileReadsFail(int reads) throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve(THREE_VALUES));
        for (String options : List.of("", "&recovery=lazy")) {
            for (String verb : List.of("repair", "check")) {
                CommandProcess done = run(verb, failingAfter(reads, options));
                assertThat(done.code()).as(verb + " " + options + ": " + done).isIn(0, IO_ERROR);
                assertThat(done.code() == IO_ERROR)
                        .as(done.toString())
                        .isEqualTo(done.err().contains("read failed"));
                assertThat(reads > 0 || done.code() == IO_ERROR).isTrue();
                assertThat(folder.resolve(THREE_VALUES)).hasBinaryContent(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStoreIsNotOpenedWhileReadsFail(int reads) throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve(THREE_VALUES));
        Files.writeString(folder.resolve("new"), "new");
        for (String options : List.of("", "&recovery=lazy")) {
            CommandProcess put = run("put", "new", failingAfter(reads, options) + "#/k9");
            assertThat(put.code()).as(put.toString()).isEqualTo(IO_ERROR);
            assertThat(put.err()).contains("read failed");
            assertThat(folder.resolve(THREE_VALUES)).hasBinaryContent(before);
        }
        assertThat(run("ls", "pw_kvs+file:" + THREE_VALUES + "?sectorSize=1024").out())
                .isEqualTo("k0\nk1\nk7\n");
    }
}

package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the layer has encrypted opens in a program that knows the drawing alone, with Python's cryptography and argon2-cffi. */
@Tag("interop")
class EncryptionReaderTest {
    private static final String PYTHON = "python3";
    private static final HexFormat HEX = HexFormat.of();
    private static final boolean REQUIRED = "required".equals(System.getProperty("morgana.interop"));

    @TempDir
    private Path folder;

    static Stream<Arguments> stores() {
        return Stream.of(
                Arguments.of("littlefs", "key", "", "hideNames=true&versionIndex=true&label=serial%204711"),
                Arguments.of("littlefs", "password", "", "versionIndex=true"),
                Arguments.of("ekv", "key", "&maxValueSize=20000&maxKeySize=200", "hideNames=true&versionIndex=true"),
                Arguments.of("ekv", "password", "&maxValueSize=20000", "label=x"),
                Arguments.of("embedkv", "key", "", "hideNames=true"),
                Arguments.of("pw_kvs", "key", "", "versionIndex=true"));
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @MethodSource("stores")
    void opensWhatMorganaHasSealed(String format, String lock, String shape, String layer) throws Exception {
        assumeTrue(REQUIRED || Workshop.tool(PYTHON).isPresent(), PYTHON + " is not on this machine");
        Path secret = Files.writeString(
                folder.resolve("secret"), lock.equals("key") ? "morgana-key:" + "7e".repeat(32) : "correct horse\n");
        String inner = format + "+file:" + folder.resolve("image") + "?size=512KiB" + shape;
        String address = "crypt+" + inner + "&" + lock + "File=" + secret;
        int largest = format.equals("pw_kvs") ? 3000 : 9000;
        SortedMap<String, String> expected = new TreeMap<>();
        Morgana morgana = Morgana.load();
        try (KeyValueStore store = morgana.create(address + "&" + layer)) {
            for (int size : new int[] {0, 1, 63, 2000, largest}) {
                String name = (size % 2 == 0 ? "d/e/" : "") + "v" + size;
                store.set(Key.of(name), content(size));
                expected.put(
                        HEX.formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)), digest(content(size)));
            }
            store.facet(KeyRotation.class).orElseThrow().rotate();
            store.set(Key.of("v1"), content(1));
        }
        Path raw = Files.createDirectory(folder.resolve("raw"));
        boolean tree;
        try (Store store = morgana.at(inner).openStore()) {
            tree = store instanceof KeyValueStore;
            for (Map.Entry<String, byte[]> value : values(store).entrySet()) {
                Files.write(raw.resolve(value.getKey()), value.getValue());
            }
        }
        List<String> words = new ArrayList<>(List.of(raw.toString(), "--" + lock, secret.toString()));
        String label = morgana.parse(address + "&" + layer).options().asText().getOrDefault("label", "");
        words.addAll(List.of("--label", label));
        if (tree) {
            words.add("--tree");
        }
        List<String> lines = read(words);
        SortedMap<String, String> found = new TreeMap<>();
        lines.subList(0, lines.size() - 1).forEach(line -> found.put(line.split(" ")[0], line.split(" ")[1]));
        assertThat(found).isEqualTo(expected);
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo(layer.contains("versionIndex") ? "index right" : "index none");
    }

    private static String digest(byte[] content) throws Exception {
        return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** What is in a store by its raw keys, in hexadecimal digits. */
    private static SortedMap<String, byte[]> values(Store store) throws IOException {
        SortedMap<String, byte[]> values = new TreeMap<>();
        if (store instanceof FlatStore flat) {
            try (Stream<byte[]> keys = flat.keys()) {
                for (byte[] key : keys.toList()) {
                    values.put(HEX.formatHex(key), flat.get(key).orElseThrow());
                }
            }
        } else {
            collect((KeyValueStore) store, Key.ROOT, values);
        }
        return values;
    }

    private static void collect(KeyValueStore store, Key dictionary, SortedMap<String, byte[]> values)
            throws IOException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Entry entry : entries.toList()) {
                if (entry.kind() == Kind.VALUE) {
                    values.put(HEX.formatHex(entry.key().toBytes()), store.get(entry.key()));
                } else {
                    collect(store, entry.key(), values);
                }
            }
        }
    }

    private List<String> read(List<String> words) throws Exception {
        Path program = Workshop.sources().resolve("encryption-reader");
        List<String> command = new ArrayList<>();
        command.add(PythonPeer.environment(Workshop.tool(PYTHON).orElseThrow(), program)
                .toString());
        command.add(program.resolve("reader.py").toString());
        command.addAll(words);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String said = Files.readString(output);
        assertThat(code).as(said).isZero();
        return said.lines().toList();
    }
}

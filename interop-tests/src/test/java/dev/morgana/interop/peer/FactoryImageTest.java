package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.interop.cli.CommandProcess;
import dev.morgana.interop.peer.Comparison.Direction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the command makes without options is mounted by the real implementation as it comes, built without features and without
 * variables: a factory image must not need firmware of its own. What it makes with options is mounted by one that is built with
 * what {@code info --firmware} prints. The peer reads it and goes on, and so does Morgana, with no other address than the one that
 * {@code create} tells.
 */
@Tag("interop")
class FactoryImageTest {
    private static final int BLOCK = 4096;
    private static final String IMAGE = "factory.img";

    private static final LivePeer EKV =
            new LivePeer("ekv", setup -> RustPeer.program("ekv", setup), OurFlatParticipant::new);
    private static final LivePeer EKV_FS =
            new LivePeer("ekv-fs", setup -> RustPeer.program("ekv-fs", setup), OurFlatParticipant::new);
    private static final LivePeer LITTLEFS =
            new LivePeer("littlefs-python", setup -> PythonPeer.program(), OurTreeParticipant::new);
    private static final Pattern VARIABLE = Pattern.compile("EKV_([A-Z_]+) = \"([0-9]+)\"");
    private static final Pattern TYPE = Pattern.compile("let fs = EkvFs::<_, _, ([0-9]+), ([0-9]+)>::new\\(&db\\);");
    private static final Pattern FIELD = Pattern.compile("\\.([a-z_]+) = ([0-9]+),");

    @TempDir
    private Path folder;

    private final SortedMap<Name, Row> expected = new TreeMap<>();

    /** Values at the limits that a database has by default: keys of 64 bytes, values of 1024. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--size=1M"})
    void ekv(String size) throws Exception {
        Path values = values(Map.of("colour", 4, "empty", 0, "k".repeat(64), 1024, "l".repeat(64), 1));
        String address = size.isEmpty() ? create("ekv", values) : create("ekv", values, size);
        assertThat(address).isEqualTo(image().toString());
        takeTurns(EKV, setup("ekv", Map.of()), new OurFlatParticipant(address), Name.of("new"), "value");
    }

    /** Numbers of the type that have no default in the crate: what it documents as the most, and what its example has. */
    @Test
    void ekvFs() throws Exception {
        String longest = "p".repeat(59);
        Path files = files("/", Map.of("a", 0, "b", 1, "c", 511, "d", 512, "e", 513, longest, 5120));
        String address = create("ekv-fs", files);
        assertThat(address).isEqualTo(image().toString());
        Setup setup = setup("ekv-fs", Map.of("maxPathLen", 104, "chunkSize", 512));
        takeTurns(EKV_FS, setup, new OurTreeParticipant(address, "/"), Name.of("/new"), "file");
    }

    @Test
    void embedkv() throws Exception {
        Path values = values(Map.of("colour", 4, "empty", 0, "k".repeat(BLOCK - 36), 1, "large", 3 * BLOCK));
        String address = create("embedkv", values);
        assertThat(address).isEqualTo(image().toString());
        LivePeer peer = new LivePeer("embedkv", setup -> RustPeer.program("embedkv", setup), OurFlatParticipant::new);
        Setup setup = setup("embedkv", Map.of("blockSize", BLOCK));
        takeTurns(peer, setup, new OurFlatParticipant(address), Name.of("new"), "value");
    }

    /** The C implementation has no default for the geometry; everything else is what littlefs-python takes by itself. */
    @Test
    void littlefs() throws Exception {
        Path files = files(
                "",
                Map.of("a", 0, "b", 1, "c", 511, "d/e", 512, "d/f", 513, "n".repeat(255), 2, "large", 3 * BLOCK + 1));
        expected.put(Name.of("d"), Row.of("dir", new byte[0], Map.of()));
        String address = create("littlefs", files);
        assertThat(address).isEqualTo(image().toString());
        long blocks = Files.size(image()) / BLOCK;
        Setup setup = setup("littlefs", Map.of("blockSize", BLOCK, "blockCount", blocks));
        takeTurns(LITTLEFS, setup, new OurTreeParticipant(address), Name.of("new"), "file");
    }

    @Test
    void ekvAsConfigured() throws Exception {
        Path values = values(Map.of("colour", 4, "k".repeat(100), 1500));
        String address = create(
                "ekv",
                values,
                "-b512",
                "-Ocrc",
                "-OmaxKeySize=100",
                "-OmaxValueSize=1500",
                "-OmaxPageCount=512",
                "-ObranchingFactor=3",
                "-OscratchPageCount=2");
        Setup setup = setup("ekv", rustOptions(address)).named("printed");
        assertThat(setup.options())
                .containsEntry("crc", true)
                .containsEntry("maxKeySize", 100)
                .containsEntry("branchingFactor", 3);
        takeTurns(EKV, setup, new OurFlatParticipant(address), Name.of("new"), "value");
    }

    /** What firmware had that was configured for what Morgana made by default before. */
    @Test
    void ekvFsAsConfigured() throws Exception {
        Path files = files("/", Map.of("a", 0, "b", 1024, "c", 1025, "p".repeat(99), 5120));
        String address = create("ekv-fs", files, "-Ocrc", "-OmaxKeySize=128", "-OchunkSize=1024");
        Setup setup = setup("ekv-fs", rustOptions(address)).named("printed");
        assertThat(setup.options())
                .containsEntry("crc", true)
                .containsEntry("maxKeySize", 128)
                .containsEntry("chunkSize", 1024);
        takeTurns(EKV_FS, setup, new OurTreeParticipant(address, "/"), Name.of("/new"), "file");
    }

    @Test
    void littlefsAsConfigured() throws Exception {
        Path files = files("", Map.of("a", 0, "b", 1, "c", 3000, "n".repeat(32), 2));
        String address = create("littlefs", files, "-b512", "-OnameMax=32", "-OfileMax=5000", "-OattrMax=100");
        Map<String, Object> options = new TreeMap<>();
        for (String line : block("c", address)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                options.put(camelCase(field.group(1)), Long.valueOf(field.group(2)));
            }
        }
        assertThat(options)
                .containsEntry("blockSize", 512L)
                .containsEntry("nameMax", 32L)
                .containsEntry("fileMax", 5000L)
                .containsEntry("attrMax", 100L);
        takeTurns(LITTLEFS, setup("littlefs", options), new OurTreeParticipant(address), Name.of("new"), "file");
    }

    private List<String> block(String language, String address) throws Exception {
        CommandProcess run = CommandProcess.run(List.of(), folder, "info", "--firmware", language, address);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    /** The options that the crates' programs are built with, as the printed lines say. */
    private Map<String, Object> rustOptions(String address) throws Exception {
        Map<String, Object> options = new TreeMap<>();
        for (String line : block("rust", address)) {
            Matcher variable = VARIABLE.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (variable.matches()) {
                options.put(camelCase(variable.group(1).toLowerCase(Locale.ROOT)), Integer.valueOf(variable.group(2)));
            } else if (type.matches()) {
                options.put("maxPathLen", Integer.valueOf(type.group(1)));
                options.put("chunkSize", Integer.valueOf(type.group(2)));
            } else if (line.startsWith("ekv = ")) {
                options.put("crc", line.equals("ekv = { version = \"1\", features = [\"crc\"] }"));
            }
        }
        return options;
    }

    private static String camelCase(String name) {
        return Pattern.compile("_([a-z])")
                .matcher(name)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static Setup setup(String format, Map<String, Object> options) {
        return new Setup(format, "default", options, List.of(), 0, 1, 255);
    }

    private Path image() {
        return folder.resolve(IMAGE);
    }

    /** Flat values of so many bytes, as JSON. */
    private Path values(Map<String, Integer> sizes) throws Exception {
        StringBuilder json = new StringBuilder("{");
        sizes.forEach((key, size) -> {
            String value = "v".repeat(size);
            json.append(json.length() == 1 ? "" : ",").append('"' + key + "\":\"" + value + '"');
            expected.put(Name.of(key), Row.of("value", bytes(value), Map.of()));
        });
        return Files.writeString(folder.resolve("values.json"), json.append('}'));
    }

    /** A folder with files of so many bytes. */
    private Path files(String root, Map<String, Integer> sizes) throws Exception {
        Path tree = folder.resolve("tree");
        for (Map.Entry<String, Integer> file : sizes.entrySet()) {
            byte[] content = bytes("v".repeat(file.getValue()));
            Path target = tree.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, content);
            expected.put(Name.of(root + file.getKey()), Row.of("file", content, Map.of()));
        }
        return tree;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes the image; answers under which address it is opened. */
    private String create(String format, Path source, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("create", "--json", format, image().toString()));
        words.add(Files.isDirectory(source) ? source + "/" : source.toString());
        words.addAll(List.of(options));
        CommandProcess run = CommandProcess.run(List.of(), folder, words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).path("address").asText(image().toString());
    }

    private void takeTurns(LivePeer live, Setup setup, Participant own, Name added, String type) throws Exception {
        try (PeerProcess process = live.program(setup).start(folder)) {
            PeerParticipant peer = new PeerParticipant(process, setup, List.of(image()));
            new Comparison(peer.peer(), peer.version(), setup.name() + ", as create makes it")
                    .run(
                            List.of(
                                    new Direction("Morgana writes, the peer reads", () -> 2),
                                    new Direction("the peer writes, Morgana reads", () -> 1)),
                            () -> {
                                change(peer, added, bytes("of the peer"), type);
                                change(own, added, bytes("of ours"), type);
                                peer.open();
                                assertThat(peer.list()).isEqualTo(expected);
                                peer.close();
                            });
        }
    }

    /** Everything is there; then there is one more. */
    private void change(Participant participant, Name added, byte[] content, String type) throws Exception {
        participant.open();
        assertThat(participant.list()).as(participant.name()).isEqualTo(expected);
        participant.apply(new Step.Put(added, content));
        expected.put(added, Row.of(type, content, Map.of()));
        participant.close();
    }
}

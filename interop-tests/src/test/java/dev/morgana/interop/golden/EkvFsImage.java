package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.lsm.EkvFs;
import dev.morgana.lsm.EkvFsOptions;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvFsStat;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** One golden image of ekv-fs, against its manifest. */
final class EkvFsImage {
    private static final HexFormat HEX = HexFormat.of();
    private static final int[] BUFFERS = {1, 7, 100, 5000};
    private static final int PEER_BUFFER = 1000;

    private final EkvFsProvider provider = new EkvFsProvider();
    private final String name;
    private final Fields manifest;
    private final Options options;
    private final byte[] image;

    EkvFsImage(GoldenCase golden, Fields manifest) {
        this.name = golden.name();
        this.manifest = manifest;
        this.options = Recipe.options(manifest.get("options"));
        this.image = golden.readImage(name + ".img", manifest.text("image_sha256"));
    }

    void check() throws IOException {
        switch (manifest.text("expect")) {
            case "ok" -> checkWhole();
            case "recoverable" -> checkCut();
            case "corrupt" -> checkDamage();
            default -> throw new AssertionError(name + ": unknown expectation");
        }
    }

    private RamDevice device() {
        return RamDevice.of(EkvData.geometry(manifest.get("options")), image);
    }

    private EkvFs open() throws StoreException {
        return EkvFs.open(device(), options);
    }

    private AssertionError differs(String what) {
        return new AssertionError(name + ": " + what);
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw differs(what);
        }
    }

    private NavigableMap<byte[], byte[]> compareKeys(EkvFs files) throws StoreException {
        NavigableMap<byte[], byte[]> found = EkvFsData.keys(files);
        List<Fields> listed = manifest.objects("keys");
        require(listed.size() == found.size(), found.size() + " keys, expected " + listed.size());
        for (Fields entry : listed) {
            byte[] value = found.get(EkvData.key(entry));
            boolean same = value != null && entry.text("type").equals("value") && isContent(entry, value);
            require(same, entry + " differs");
        }
        return found;
    }

    private static boolean isContent(Fields entry, byte[] value) {
        return value.length == entry.get("size").asInt()
                && GoldenCase.sha256(value).equals(entry.text("sha256"))
                && entry.find("value_hex")
                        .map(hex -> hex.asText().equals(HEX.formatHex(value)))
                        .orElse(true);
    }

    private void compareEntry(EkvFs files, Fields entry) throws IOException {
        String path = entry.text("path");
        EkvFsStat stat = files.stat(path);
        boolean same = entry.text("type").equals("file")
                && stat.size() == entry.get("size").asLong()
                && stat.chunks() == entry.get("chunks").asLong();
        require(same, entry + ", found " + stat);
        for (int buffer : BUFFERS) {
            byte[] content = EkvFsData.read(files, path, buffer).content();
            require(isContent(entry, content), entry + ", read " + HEX.formatHex(content));
        }
    }

    private void checkWhole() throws IOException {
        manifest.passOver("cut");
        manifest.find("peer").filter(JsonNode::isObject).ifPresent(peer -> {
            // what the peer answers to changing a long file; ours changes it, see below
            manifest.object("peer").passOver("delete_file", "write_file");
        });
        RamDevice device = device();
        List<Fields> entries = manifest.objects("entries");
        try (EkvFs files = EkvFs.open(device, options)) {
            compareKeys(files);
            require(files.list("").size() == entries.size(), "files " + files.list(""));
            for (Fields entry : entries) {
                compareEntry(files, entry);
            }
        }
        compareTree(entries);
        try (EkvFs files = EkvFs.open(device(), withoutOwn())) { // files are read whatever their chunk size is
            for (Fields entry : entries) {
                compareEntry(files, entry);
            }
        }
        require(Arrays.equals(image, device.image()), "reading has written");
        require(findings(device()).isEmpty(), "findings " + findings(device()));
        keepsOnWriting(entries);
    }

    private Options withoutOwn() {
        return options.only(EkvFsOptions.all().stream()
                .filter(option -> option != EkvFsOptions.CHUNK_SIZE && option != EkvFsOptions.MAX_PATH_LEN)
                .toList());
    }

    /** What is worth more than a remark. */
    private List<Finding> findings(RamDevice device) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = provider.inspect(List.of(device), options)) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> {
                if (finding.severity() != Severity.INFO) {
                    findings.add(finding);
                }
            });
        }
        return findings;
    }

    /** Paths in normal form are keys of the tree. */
    private void compareTree(List<Fields> entries) throws StoreException {
        try (KeyValueStore tree = provider.open(List.of(device()), options)) {
            for (Fields entry : entries) {
                Key key = Key.of(entry.text("path"));
                boolean normal = !key.isRoot()
                        && entry.text("path")
                                .equals("/" + new String(key.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
                require(!normal || isContent(entry, tree.get(key)), entry + " differs in the tree");
            }
        }
    }

    /** Every file is replaced, the first one deleted, and one made; nothing else changes. */
    private void keepsOnWriting(List<Fields> entries) throws IOException {
        RamDevice device = device();
        EkvFsModel expected = new EkvFsModel();
        int chunkSize = manifest.get("options").get("chunkSize").asInt();
        try (EkvFs files = EkvFs.open(device, options)) {
            for (Fields entry : entries) {
                byte[] content = EmbedkvTrace.stream(entries.size(), chunkSize + 1);
                String path = entry.text("path");
                if (EkvFsData.outcome(() -> files.writeFile(path, content)).equals("ok")) {
                    expected.put(path, content);
                } else {
                    expected.put(path, EkvFsData.read(files, path, PEER_BUFFER).content());
                }
            }
            files.writeFile("/made", new byte[3]);
            expected.put("/made", new byte[3]);
            if (!entries.isEmpty()) {
                files.deleteFile(entries.get(0).text("path"));
                expected.remove(entries.get(0).text("path"));
            }
        }
        compare(device, expected, chunkSize);
    }

    private void compare(RamDevice device, EkvFsModel expected, int chunkSize) throws IOException {
        RamDevice again = RamDevice.of(device.geometry(), device.image());
        try (EkvFs files = EkvFs.open(again, options)) {
            for (Map.Entry<String, byte[]> file : expected.files().entrySet()) {
                byte[] found = EkvFsData.read(files, file.getKey(), PEER_BUFFER).content();
                require(Arrays.equals(found, file.getValue()), file.getKey() + " is not what was written");
            }
            String found = EkvData.digest(EkvFsData.keys(files));
            require(found.equals(EkvData.digest(expected.keys(chunkSize))), "other keys than those of the files");
        }
    }

    /** The file that was being replaced is the old one or the new one, and can be replaced. */
    private void checkCut() throws IOException {
        Fields cut = manifest.object("cut");
        cut.passOver("after", "of");
        manifest.passOver("peer", "keys");
        byte[] replaced = content(cut.object("data"));
        RamDevice device = device();
        EkvFsModel expected = new EkvFsModel();
        try (EkvFs files = EkvFs.open(device, options)) {
            for (Fields entry : manifest.objects("entries")) {
                String path = entry.text("path");
                byte[] found = EkvFsData.read(files, path, PEER_BUFFER).content();
                boolean after = path.equals(cut.text("path")) && Arrays.equals(found, replaced);
                if (!after) {
                    compareEntry(files, entry);
                } else {
                    entry.passOver("type", "size", "chunks", "sha256", "value_hex");
                }
                expected.put(path, found);
            }
            require(files.list("").size() == expected.files().size(), "files " + files.list(""));
            files.writeFile(cut.text("path"), replaced);
            expected.put(cut.text("path"), replaced);
        }
        compare(device, expected, manifest.get("options").get("chunkSize").asInt());
    }

    static byte[] content(Fields data) {
        return EmbedkvTrace.stream(data.get("seed").asLong(), data.get("len").asInt());
    }

    private void checkDamage() throws IOException {
        Fields peer = manifest.object("peer");
        String path = peer.text("path");
        require(manifest.objects("entries").isEmpty(), "entries in a damaged image");
        Optional<byte[]> whole;
        boolean readable;
        try (EkvFs files = open()) {
            NavigableMap<byte[], byte[]> keys = compareKeys(files);
            readable = checkStat(files, peer.object("stat"), path);
            whole = readable
                    ? EkvFsModel.whole(
                            keys,
                            path,
                            files.stat(path).size(),
                            files.stat(path).chunks())
                    : Optional.empty();
            checkRead(files, peer.object("read"), path, whole);
        }
        require(findings(device()).isEmpty() == whole.isPresent(), "findings " + findings(device()));
        checkDelete(peer, path);
        checkWrite(peer, path);
    }

    /** Answers whether there is metadata. Where the peer says that there is nothing, ours may say that it is damaged. */
    private boolean checkStat(EkvFs files, Fields stat, String path) throws IOException {
        String wanted = stat.text("out");
        String found = EkvFsData.outcome(() -> files.stat(path));
        boolean named = found.equals("Serialize") && wanted.equals("NotFound");
        require(found.equals(wanted) || named, "stat answers " + found + ", the peer " + wanted);
        if (wanted.equals("ok")) {
            EkvFsStat expected =
                    new EkvFsStat(stat.get("size").asLong(), stat.get("chunks").asLong());
            require(files.stat(path).equals(expected), "stat " + files.stat(path));
        }
        return found.equals("ok");
    }

    /** A file is read if its chunks make it, else the damage is named; bytes are never invented. */
    private void checkRead(EkvFs files, Fields read, String path, Optional<byte[]> whole) throws IOException {
        read.passOver("out", "ns", "sha256");
        List<EkvFsData.Read> found = new ArrayList<>();
        String outcome = EkvFsData.outcome(() -> found.add(EkvFsData.read(files, path, PEER_BUFFER)));
        if (whole.isPresent()) {
            require(outcome.equals("ok"), "read answers " + outcome);
            require(Arrays.equals(found.get(0).content(), whole.get()), "read other bytes");
        } else {
            require(List.of("Serialize", "NotFound", "Database").contains(outcome), "read answers " + outcome);
        }
    }

    /** Ours deletes what the peer cannot read the metadata of, too; nothing of the path is left then. */
    private void checkDelete(Fields peer, String path) throws IOException {
        try (EkvFs files = open()) {
            boolean present =
                    EkvFsData.keys(files).containsKey(("m:" + path).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            String found = EkvFsData.outcome(() -> files.deleteFile(path));
            require(found.equals(present ? "ok" : "NotFound"), "delete answers " + found);
            require(!peer.text("delete_file").equals("ok") || found.equals("ok"), "the peer deletes it");
            require(!present || EkvFsData.keys(files).isEmpty(), "keys are left behind");
        }
    }

    private void checkWrite(Fields peer, String path) throws IOException {
        require(peer.text("write_file").equals("ok"), "the peer does not write it");
        int chunkSize = manifest.get("options").get("chunkSize").asInt();
        RamDevice device = device();
        EkvFsModel expected = new EkvFsModel();
        expected.put(path, EmbedkvTrace.stream(1, chunkSize / 2));
        try (EkvFs files = EkvFs.open(device, options)) {
            files.writeFile(path, EmbedkvTrace.stream(1, chunkSize / 2));
        }
        compare(device, expected, chunkSize);
    }
}

package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.pwkvs.Pigweed;
import dev.morgana.pwkvs.PwKvs;
import dev.morgana.pwkvs.PwKvsOptions;
import dev.morgana.pwkvs.Recovery;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The golden data of pw_kvs: see their README. */
final class PwKvsCases implements FormatCases {
    /** Where the peer overlooks newer entries behind a wiped magic (pw_kvs page, section 23.5), and we do not. */
    private static final Set<String> OVERLOOKED_BY_PEER = Set.of("corrupt_magic_erased");

    /**
     * Where the recorded options are not those that the image was made with (pw_kvs page, section 23.3), or look so: a log that goes on
     * behind erased flash is also what sectors of half the size leave.
     */
    private static final Set<String> MISFITS = Set.of("unknown_magic", "too_many_entries", "corrupt_magic_erased");

    /** Where every sector is full of live entries, so that the first one to empty cannot be. */
    private static final Set<String> STUCK = Set.of("no_free_sector");

    /** Where there is no room for another key. */
    private static final Set<String> FULL = Set.of("exact_fit", "no_free_sector");

    @Override
    public String format() {
        return "pw_kvs";
    }

    /** Manifest options as ours; a list of formats becomes a repeated option. */
    static Options options(JsonNode object) {
        Options options = Options.none();
        for (var field : object.properties()) {
            if (field.getKey().equals("formats")) {
                for (JsonNode format : field.getValue()) {
                    String text = format.get("magic").asText() + ":"
                            + format.get("checksum").asText();
                    options = options.plus("formats", text);
                }
            } else {
                options = options.plus(field.getKey(), field.getValue().asText());
            }
        }
        return options;
    }

    static PwKvsDevice device(JsonNode options, byte[] image) {
        int erased = Integer.decode(options.get("erasedValue").asText());
        return new PwKvsDevice(
                options.get("sectorSize").asInt(),
                options.get("sectorCount").asInt(),
                options.get("flashAlignment").asInt(),
                (byte) erased,
                image);
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        byte[] image = golden.readImage(golden.name() + ".img", manifest.text("image_sha256"));
        JsonNode options = manifest.get("options");
        List<Fields> opens = manifest.objects("opens");
        manifest.passOver("format", "made_by", "note");
        try {
            for (boolean faithful : new boolean[] {true, false}) {
                compareEntries(golden, manifest, options(options), device(options, image), faithful);
            }
            compareRecovery(golden, manifest, options(options), device(options, image));
            Optional<String> writing = Optional.empty();
            for (Fields open : opens) {
                try {
                    new PwKvsOpening(golden.name(), options, image, open).compare();
                } catch (AssertionError e) {
                    if (open.get("options").path("recovery").asText().equals("manual")) {
                        throw e;
                    }
                    writing = writing.or(() -> Optional.of(e.getMessage()));
                }
                open.passOver("io");
            }
            manifest.rejectUnread();
            return writing.map(reason -> Verdict.fail(reason)).orElseGet(Verdict::pass);
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
    }

    private static void compareEntries(
            GoldenCase golden, Fields manifest, Options options, PwKvsDevice device, boolean faithful)
            throws StoreException {
        Options manual =
                Options.none().with(PwKvsOptions.RECOVERY, Recovery.MANUAL).orElse(options);
        PwKvs kvs = Pigweed.over(device, manual, faithful);
        boolean clean = PwKvsCalls.status(kvs::init).equals("OK");
        String expect = manifest.text("expect");
        if (faithful || clean) { // torn erases are seen by us alone
            PwKvsCalls.equal(golden.name() + ": manual open is clean", expect.equals("ok"), clean);
        }
        List<String> expected = new ArrayList<>();
        for (Fields entry : manifest.objects("entries")) {
            PwKvsCalls.equal(golden.name() + ": type", "value", entry.text("type"));
            byte[] key = PwKvsCalls.key(entry);
            byte[] value = kvs.get(key, Integer.MAX_VALUE, 0)
                    .orElseThrow(() -> new AssertionError(golden.name() + ": no " + entry))
                    .bytes();
            if (!faithful && OVERLOOKED_BY_PEER.contains(golden.name())) {
                entry.passOver("size", "sha256", "value_hex");
                continue;
            }
            PwKvsCalls.equal(
                    golden.name() + ": size of " + entry, entry.get("size").asInt(), value.length);
            PwKvsCalls.equal(golden.name() + ": value of " + entry, entry.text("sha256"), GoldenCase.sha256(value));
            entry.passOver("value_hex");
            expected.add(GoldenCase.sha256(value));
        }
        long readable =
                kvs.iterate().stream().filter(item -> item.value().isPresent()).count();
        if (faithful) {
            long nul = kvs.iterate().stream().filter(PwKvsCalls::isCutByPeer).count();
            PwKvsCalls.equal(golden.name() + ": number of entries", true, readable == expected.size() || nul > 0);
        }
    }

    /**
     * Our own recovery: it gives every image back to use with all its entries, also where the peer is stuck, and refuses what
     * the recorded options do not fit.
     */
    private static void compareRecovery(GoldenCase golden, Fields manifest, Options options, PwKvsDevice device)
            throws StoreException {
        byte[] before = device.image();
        PwKvs kvs = Pigweed.over(device, options, false);
        String status = PwKvsCalls.status(kvs::init);
        if (MISFITS.contains(golden.name())) {
            PwKvsCalls.equal(golden.name() + ": our open", "FAILED_PRECONDITION", status);
            PwKvsCalls.equal(golden.name() + ": is left alone", true, Arrays.equals(before, device.image()));
            return;
        }
        PwKvsCalls.equal(golden.name() + ": our open", STUCK.contains(golden.name()) ? "DATA_LOSS" : "OK", status);
        for (Fields entry : manifest.objects("entries")) {
            String digest = PwKvsCalls.get(kvs, PwKvsCalls.key(entry), Integer.MAX_VALUE, 0)
                    .bytes()
                    .map(GoldenCase::sha256)
                    .orElse("nothing");
            entry.passOver("type", "size", "sha256", "value_hex");
            if (!OVERLOOKED_BY_PEER.contains(golden.name())) {
                PwKvsCalls.equal(golden.name() + ": after our open " + entry, entry.text("sha256"), digest);
            }
        }
        if (!FULL.contains(golden.name())) {
            kvs.put(new byte[] {'n', 'e', 'w'}, new byte[] {1});
            PwKvsCalls.equal(
                    golden.name() + ": opens again",
                    "OK",
                    PwKvsCalls.status(Pigweed.over(device, options, false)::init));
        }
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        try {
            PwKvsReplay faithful = new PwKvsReplay(golden, true);
            Verdict verdict = faithful.run();
            return faithful.mustPlaceAlike() ? new PwKvsReplay(golden, false).run() : verdict;
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
    }
}

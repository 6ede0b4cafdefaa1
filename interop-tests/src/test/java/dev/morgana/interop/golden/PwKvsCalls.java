package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.pwkvs.PwKvs;
import dev.morgana.pwkvs.PwKvsStatistics;
import dev.morgana.spi.error.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of our store, answered in the words of the recordings. */
final class PwKvsCalls {
    private PwKvsCalls() {}

    interface Call {
        void run() throws StoreException;
    }

    /** The status of a call. */
    static String status(Call call) {
        try {
            call.run();
            return "OK";
        } catch (StoreException e) {
            return e.nativeCode().orElseThrow(() -> new AssertionError("no status in " + e, e));
        }
    }

    static void equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }

    static byte[] key(Fields fields) {
        return fields.find("key_hex")
                .map(hex -> HexFormat.of().parseHex(hex.asText()))
                .orElseGet(() -> fields.text("key").getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a PRNG of the README. */
    static byte[] random(long seed, int length) {
        ByteBuffer out = ByteBuffer.allocate((length + Long.BYTES - 1) / Long.BYTES * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        long state = seed;
        while (out.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            out.putLong(z ^ (z >>> 31));
        }
        return Arrays.copyOf(out.array(), length);
    }

    /** Get with its status, and the digest of the bytes delivered. */
    record Answer(String status, Optional<byte[]> bytes) {}

    static Answer get(PwKvs kvs, byte[] key, int capacity, int offset) {
        try {
            Optional<PwKvs.Value> value = kvs.get(key, capacity, offset);
            return value.map(found ->
                            new Answer(found.complete() ? "OK" : "RESOURCE_EXHAUSTED", Optional.of(found.bytes())))
                    .orElse(new Answer("NOT_FOUND", Optional.empty()));
        } catch (StoreException e) {
            return new Answer(e.nativeCode().orElse(e.toString()), Optional.empty());
        }
    }

    static void compareGet(String where, Fields expected, Answer found) {
        equal(where + " status", expected.text("status"), found.status());
        Optional<JsonNode> length = expected.find("len");
        Optional<JsonNode> digest = expected.find("sha256");
        if (digest.isPresent()) {
            byte[] bytes = found.bytes().orElseThrow();
            length.ifPresent(n -> equal(where + " length", n.asInt(), bytes.length));
            equal(where + " bytes", digest.get().asText(), GoldenCase.sha256(bytes));
        }
    }

    /** Pigweed shows a key up to its first NUL, and then cannot verify its value. */
    static boolean isCutByPeer(PwKvs.Item item) {
        return indexOfNul(item.key()) < item.key().length;
    }

    private static int indexOfNul(byte[] key) {
        for (int index = 0; index < key.length; index++) {
            if (key[index] == 0) {
                return index;
            }
        }
        return key.length;
    }

    /** The key as Pigweed shows it. */
    static byte[] shownKey(PwKvs.Item item) {
        return Arrays.copyOf(item.key(), indexOfNul(item.key()));
    }

    static Optional<byte[]> shownValue(PwKvs.Item item) {
        return isCutByPeer(item) ? Optional.empty() : item.value();
    }

    static String digest(List<PwKvs.Item> items) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (PwKvs.Item item : items) {
            all.writeBytes(shownKey(item));
            all.write(0);
            all.writeBytes(
                    HexFormat.of().parseHex(GoldenCase.sha256(shownValue(item).orElse(new byte[0]))));
        }
        return GoldenCase.sha256(all.toByteArray());
    }

    static List<String> unreadable(List<PwKvs.Item> items) {
        List<String> keys = new ArrayList<>();
        for (PwKvs.Item item : items) {
            if (shownValue(item).isEmpty()) {
                keys.add(HexFormat.of().formatHex(shownKey(item)));
            }
        }
        return keys;
    }

    /** The recorded statistics that are numbers of the store. */
    static Map<String, Long> statistics(PwKvsStatistics found) {
        return Map.of(
                "size", (long) found.size(),
                "totalEntriesWithDeleted", (long) found.totalEntriesWithDeleted(),
                "transactionCount", found.transactionCount(),
                "writableBytes", found.writableBytes(),
                "inUseBytes", found.inUseBytes(),
                "reclaimableBytes", found.reclaimableBytes(),
                "sectorEraseCount", (long) found.sectorEraseCount(),
                "corruptSectorsRecovered", (long) found.corruptSectorsRecovered(),
                "missingRedundantEntriesRecovered", (long) found.missingRedundantEntriesRecovered());
    }

    static void compareStatistics(String where, Fields expected, PwKvsStatistics found) {
        statistics(found)
                .forEach((name, value) ->
                        equal(where + " " + name, expected.get(name).asLong(), value));
    }
}

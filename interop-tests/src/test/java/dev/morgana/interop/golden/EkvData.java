package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How the golden data of ekv writes keys, values, geometries and digests. */
final class EkvData {
    private static final HexFormat HEX = HexFormat.of();

    private EkvData() {}

    static byte[] key(Fields line) {
        return line.find("key")
                .map(text -> text.asText().getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> HEX.parseHex(line.text("key_hex")));
    }

    static byte[] value(Fields line) {
        Fields value = line.object("val");
        return EmbedkvTrace.stream(value.get("seed").asLong(), value.get("len").asInt());
    }

    static Geometry geometry(JsonNode options) {
        ErasedState erased = options.get("eraseValue").asInt() == 0 ? ErasedState.ZEROS : ErasedState.ONES;
        int align = options.get("align").asInt();
        int pageSize = options.get("pageSize").asInt();
        return new Geometry(align, align, pageSize, options.get("pageCount").asInt(), erased);
    }

    /** A map in the order of the format. */
    static NavigableMap<byte[], byte[]> map() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /** Everything that is left of a cursor. */
    static NavigableMap<byte[], byte[]> rest(Cursor cursor) throws StoreException {
        NavigableMap<byte[], byte[]> content = map();
        byte[] previous = null;
        while (cursor.next()) {
            if (previous != null && Arrays.compareUnsigned(previous, cursor.key()) >= 0) {
                throw new AssertionError("keys out of order");
            }
            previous = cursor.key();
            content.put(previous, cursor.value());
        }
        return content;
    }

    static String digest(Map<byte[], byte[]> content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        content.forEach((key, value) -> {
            for (byte[] part : List.of(key, value)) {
                all.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(part.length)
                        .array());
                all.writeBytes(part);
            }
        });
        return GoldenCase.sha256(all.toByteArray());
    }
}

package dev.morgana.interop.golden;

import dev.morgana.lsm.EkvFs;
import dev.morgana.lsm.EkvFsFile;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** How the golden data of ekv-fs reads files. */
final class EkvFsData {
    /** What reading a file to its end gave: the bytes, and how many at a time. */
    record Read(byte[] content, List<Integer> counts) {}

    /** A call that may be refused. */
    interface Call {
        void run() throws IOException;
    }

    private EkvFsData() {}

    /** The peer's name of what a call answers. */
    static String outcome(Call call) throws IOException {
        try {
            call.run();
            return "ok";
        } catch (StoreException e) {
            return e.nativeCode().orElse(e.toString());
        }
    }

    static Read read(EkvFs files, String path, int bufferSize) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<Integer> counts = new ArrayList<>();
        try (EkvFsFile file = files.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate(bufferSize);
            for (int count = file.read(buffer); count > 0; count = file.read(buffer.clear())) {
                counts.add(count);
                content.write(buffer.array(), 0, count);
            }
        }
        return new Read(content.toByteArray(), counts);
    }

    /** Everything that the database holds. */
    static NavigableMap<byte[], byte[]> keys(EkvFs files) throws StoreException {
        try (Cursor cursor =
                files.database().facet(OrderedScan.class).orElseThrow().scan(KeyRange.all(), Direction.FORWARD)) {
            return EkvData.rest(cursor);
        }
    }
}

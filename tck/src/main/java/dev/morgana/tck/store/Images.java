package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** The bytes of all devices of a store. */
final class Images {
    private Images() {}

    static void assertSame(List<byte[]> expected, List<byte[]> found) {
        assertEquals(expected.size(), found.size(), "number of devices");
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "bytes of device " + i);
        }
    }
}

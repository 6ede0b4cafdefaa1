package com.example.toy.store;

import com.example.toy.layout.Records;
import com.example.toy.snapshot.Halves;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What a store tells of itself. */
public final class Descriptions {
    /** The format's id. */
    public static final String FORMAT = "toy";

    /** The only version. */
    public static final String VERSION = "1";

    private Descriptions() {}

    static StoreInfo of(Halves halves, boolean readOnly) {
        return new StoreInfo(
                FORMAT,
                VERSION,
                halves.device().geometry(),
                readOnly,
                new Limits(OptionalLong.empty(), OptionalLong.of(Records.MAX_KEY), OptionalLong.empty()),
                Set.of(Capability.VALUE_CHECKSUMS, Capability.ERASE_BEFORE_WRITE),
                Map.of("capacity", halves.capacity() + " bytes"));
    }
}

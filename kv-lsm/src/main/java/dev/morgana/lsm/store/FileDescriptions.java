package dev.morgana.lsm.store;

import dev.morgana.lsm.file.FileSettings;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What a store of files tells of itself. */
public final class FileDescriptions {
    /** The format's id. */
    public static final String FORMAT = "ekv-fs";

    /**
     * What a chunk key has beside the path, as long as there are no more chunks than the reference implementation can write:
     * {@code c::0}.
     */
    private static final int CHUNK_KEY_BYTES = 4;

    private FileDescriptions() {}

    /**
     * The longest key of a tree, of a file with as many chunks as the reference implementation can write. Its path has a slash
     * more.
     */
    static int longestKey(FileSettings settings) {
        int longest = Math.min(settings.maxKeySize(), FileSettings.PEER_KEY) - CHUNK_KEY_BYTES;
        return Math.max(0, Math.min(settings.maxPathLen(), longest) - 1);
    }

    /** The description. */
    static StoreInfo of(FileDatabase files) {
        StoreInfo database = files.ekv().info();
        FileSettings settings = files.settings();
        Set<Capability> capabilities = EnumSet.of(Capability.PARTIAL_WRITE);
        capabilities.addAll(database.capabilities());
        Map<String, String> properties = new LinkedHashMap<>(database.properties());
        properties.put("maxPathLen", Integer.toString(settings.maxPathLen()));
        properties.put("chunkSize", Integer.toString(settings.chunkSize()));
        return new StoreInfo(
                FORMAT,
                "",
                database.geometry(),
                database.readOnly(),
                new Limits(OptionalLong.empty(), OptionalLong.of(longestKey(settings)), OptionalLong.empty()),
                capabilities,
                properties);
    }
}

package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What a store tells of itself. */
public final class Descriptions {
    /** The format's id. */
    public static final String FORMAT = "ekv";

    private Descriptions() {}

    static StoreInfo of(Tree tree, Settings settings) {
        Shape shape = settings.shape();
        return new StoreInfo(
                FORMAT,
                "1",
                tree.pages().device().geometry().withBlockCount(tree.pages().count()),
                settings.readOnly(),
                new Limits(
                        OptionalLong.empty(),
                        OptionalLong.of(shape.maxKeySize()),
                        OptionalLong.of(shape.maxValueSize())),
                capabilities(shape),
                properties(shape));
    }

    private static Set<Capability> capabilities(Shape shape) {
        Set<Capability> capabilities =
                EnumSet.of(Capability.ATOMIC_RENAME, Capability.ATOMIC_TREE_REMOVE, Capability.ERASE_BEFORE_WRITE);
        if (shape.crc()) {
            capabilities.add(Capability.VALUE_CHECKSUMS);
        }
        return capabilities;
    }

    private static Map<String, String> properties(Shape shape) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("pageSize", Integer.toString(shape.pageSize()));
        properties.put("maxPageCount", Integer.toString(shape.maxPageCount()));
        properties.put("align", Integer.toString(shape.align()));
        properties.put("eraseValue", Integer.toString(Byte.toUnsignedInt(shape.eraseValue())));
        properties.put("crc", Boolean.toString(shape.crc()));
        properties.put("maxKeySize", Integer.toString(shape.maxKeySize()));
        properties.put("maxValueSize", Integer.toString(shape.maxValueSize()));
        properties.put("branchingFactor", Integer.toString(shape.branchingFactor()));
        properties.put("maxChunkSize", Integer.toString(shape.maxChunkSize()));
        properties.put("scratchPageCount", Integer.toString(shape.scratchPageCount()));
        return properties;
    }
}

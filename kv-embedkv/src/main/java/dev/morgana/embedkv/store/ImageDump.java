package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.BlockChecksum;
import dev.morgana.embedkv.layout.BlockClass;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.DeviceShape;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.key.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** Every block that is not free, decoded, replica after replica. */
final class ImageDump implements Dump {
    private final List<BlockDevice> devices;
    private final Settings settings;
    private final StoreLife life;

    ImageDump(List<BlockDevice> devices, Settings settings, StoreLife life) {
        this.devices = devices;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public void dump(LongPredicate wanted, Consumer<Structure> structures) throws StoreException {
        life.reading(() -> {
            for (BlockDevice device : devices) {
                dump(device, wanted, structures);
            }
            return true;
        });
    }

    private void dump(BlockDevice device, LongPredicate wanted, Consumer<Structure> structures) throws StoreException {
        int size = settings.blockSize();
        if (size == 0) {
            size = DeviceShape.announcedBlockSize(device)
                    .orElse(device.geometry().blockSize());
        }
        Blocks blocks = DeviceShape.blocks(device, size, 0, settings.freePattern());
        for (int number = 0; number < blocks.count(); number++) {
            if (wanted.test(number)) {
                byte[] block = blocks.read(number);
                if (!BlockClass.isFree(block)) {
                    structures.accept(structure(blocks, number, block));
                }
            }
        }
    }

    private static Structure structure(Blocks blocks, int number, byte[] block) {
        Map<String, String> fields = new LinkedHashMap<>();
        Optional<StorageHeader> header = StorageHeader.decode(block).asOptional();
        Optional<RecordDescriptor> descriptor = RecordDescriptor.decode(block).asOptional();
        Optional<ValueChunk> chunk = ValueChunk.decode(block).asOptional();
        String name = "garbage";
        if (header.isPresent()) {
            name = "storage header";
            describe(header.get(), fields);
        } else if (descriptor.isPresent()) {
            name = "record descriptor";
            describe(descriptor.get(), fields);
        } else if (chunk.isPresent()) {
            name = "value chunk";
            describe(chunk.get(), fields);
        } else {
            fields.put("firstByte", Integer.toString(Byte.toUnsignedInt(block[0])));
        }
        fields.put("checksum", Long.toHexString(BlockChecksum.stored(block)));
        boolean valid = header.isPresent() || descriptor.isPresent() || chunk.isPresent();
        return new Structure(blocks.at(number, 0, name), block.length, chunk.isPresent() ? 1 : 0, fields, valid);
    }

    private static void describe(StorageHeader header, Map<String, String> fields) {
        fields.put("version", header.version());
        fields.put("blockSize", Long.toString(header.blockSize()));
        fields.put("blockCount", Long.toString(header.blockCount()));
        fields.put("replicaId", Long.toString(header.replicaId()));
        fields.put("formatSeq", Long.toString(header.formatSeq()));
        fields.put("flags", Long.toString(header.flags()));
        fields.put("epoch", Long.toString(header.epoch()));
    }

    private static void describe(RecordDescriptor descriptor, Map<String, String> fields) {
        fields.put("key", Key.escape(descriptor.key()));
        fields.put("generation", Long.toString(descriptor.generation()));
        fields.put("totalSize", Long.toString(descriptor.totalSize()));
        fields.put("firstPart", Integer.toString(descriptor.firstPart()));
        fields.put("blocks", Long.toString(descriptor.blockCount()));
        fields.put("next", next(descriptor.next()));
        fields.put("userFlags", Long.toHexString(descriptor.userFlags()));
    }

    private static void describe(ValueChunk chunk, Map<String, String> fields) {
        fields.put("owner", Long.toString(chunk.owner()));
        fields.put("index", Long.toString(chunk.index()));
        fields.put("part", Integer.toString(chunk.part()));
        fields.put("next", next(chunk.next()));
    }

    private static String next(long block) {
        return block == ValueChunk.NONE ? "none" : Long.toString(block);
    }
}

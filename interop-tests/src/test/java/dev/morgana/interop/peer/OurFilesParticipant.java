package dev.morgana.interop.peer;

import dev.morgana.block.drivers.file.FileDevice;
import dev.morgana.lsm.EkvFs;
import dev.morgana.lsm.EkvFsFile;
import dev.morgana.lsm.EkvFsOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Our side, on files with any paths: ekv-fs by its typed interface. */
final class OurFilesParticipant implements Participant {
    private final Path image;
    private final Options options;
    private EkvFs files;

    OurFilesParticipant(Path image, Options options) {
        this.image = image;
        this.options = options.only(EkvFsOptions.all());
    }

    @Override
    public String name() {
        return "Morgana";
    }

    @Override
    public void format() throws StoreException {
        try (BlockDevice flash = FileDevice.open(image)) {
            EkvFs.format(flash, options);
        }
    }

    @Override
    public void open() throws StoreException {
        files = EkvFs.open(FileDevice.open(image), options);
    }

    @Override
    public void apply(Step step) throws Exception {
        if (step instanceof Step.Put put) {
            files.writeFile(put.key().toString(), new ByteArrayInputStream(put.value()));
        } else if (step instanceof Step.Delete delete) {
            files.deleteFile(delete.key().toString());
        } else if (step instanceof Step.Append append) {
            files.append(append.key().toString(), ByteBuffer.wrap(append.value()));
        } else if (step instanceof Step.Write write) {
            files.write(write.key().toString(), write.offset(), ByteBuffer.wrap(write.value()));
        } else if (step instanceof Step.Truncate truncate) {
            files.truncate(truncate.key().toString(), truncate.size());
        } else if (step instanceof Step.Rename rename) {
            files.rename(rename.from().toString(), rename.to().toString());
        } else {
            throw new AssertionError("no step of files: " + step);
        }
    }

    @Override
    public SortedMap<Name, Row> list() throws IOException {
        TreeMap<Name, Row> rows = new TreeMap<>();
        for (String path : files.list("")) {
            try (EkvFsFile file = files.open(path);
                    InputStream content = Channels.newInputStream(file)) {
                rows.put(Name.of(path), Row.of("file", content.readAllBytes(), new TreeMap<>()));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
            files = null;
        }
    }
}

package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A littlefs that the kernel has mounted in a container, and ordinary tools on it. */
final class MountedParticipant implements Participant {
    private final LittlefsMount mount;
    private final Path image;
    private final Setup setup;

    MountedParticipant(LittlefsMount mount, Path image, Setup setup) {
        this.mount = mount;
        this.image = image;
        this.setup = setup;
    }

    @Override
    public String name() {
        return mount.program().label();
    }

    @Override
    public void format() throws Exception {
        mount.format(image, setup);
    }

    @Override
    public void open() throws Exception {
        mount.mount(image, setup);
    }

    @Override
    public void apply(Step step) throws Exception {
        if (step instanceof Step.Put put) {
            mount.run("cat > " + path(put.key()) + " < " + value(put.value()));
        } else if (step instanceof Step.Append append) {
            mount.run("cat >> " + path(append.key()) + " < " + value(append.value()));
        } else if (step instanceof Step.Truncate truncate) {
            mount.run("truncate -s " + truncate.size() + " " + path(truncate.key()));
        } else if (step instanceof Step.Delete delete) {
            mount.run("rm -r " + path(delete.key()));
        } else if (step instanceof Step.MakeDirectory directory) {
            mount.run("mkdir " + path(directory.key()));
        } else if (step instanceof Step.Rename rename) {
            mount.run("mv -T " + path(rename.from()) + " " + path(rename.to()));
        } else {
            throw new AssertionError("no step of a mount: " + step);
        }
    }

    /** Values go through a file: a command line is too short for them, and takes no binary. */
    private String value(byte[] value) throws Exception {
        Files.write(mount.folder().resolve("value"), value);
        return LittlefsMount.FOLDER + "/value";
    }

    private static String path(Name name) {
        return LittlefsMount.MOUNT + "/" + name;
    }

    @Override
    public SortedMap<Name, Row> list() throws Exception {
        return rows(mount.run(listing(LittlefsMount.MOUNT)));
    }

    /** A script that lists everything below a folder; sizes of directories mean nothing. */
    static String listing(String folder) {
        return "cd " + folder + " && find . -mindepth 1 -type d -printf 'd - - %P\\n' && "
                + "find . -type f -printf 'f %s ' -exec sha256sum {} \\;";
    }

    /** What such a script prints. */
    static SortedMap<Name, Row> rows(String listing) {
        TreeMap<Name, Row> rows = new TreeMap<>();
        for (String line : listing.lines().toList()) {
            String[] words = line.split(" +", 4);
            Name name = Name.of(words[3].replaceFirst("^\\./", ""));
            boolean directory = words[0].equals("d");
            rows.put(
                    name,
                    directory
                            ? Row.of("dir", new byte[0], Map.of())
                            : new Row("file", Long.parseLong(words[1]), words[2], Map.of()));
        }
        return rows;
    }

    @Override
    public void close() throws Exception {
        mount.unmount();
    }
}

package dev.morgana.fuse;

import dev.morgana.cli.extension.VerbContext;
import dev.morgana.cli.extension.VerbException;
import dev.morgana.cli.extension.VerbExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code morgana unmount}: ends a mount. */
@Command(
        name = "unmount",
        aliases = "umount",
        description = "Ends the mount of an image. Programs that use it are told to be in the way.",
        footer = {"", "Example: morgana unmount /mnt"})
public final class UnmountVerb implements VerbExtension {
    @Parameters(index = "0", paramLabel = "DIR", description = "the folder")
    private String folder = "";

    /** A verb whose words are not yet read. */
    public UnmountVerb() {}

    @Override
    public void run(VerbContext context) throws Exception {
        MountPoint place = MountPoint.of(folder);
        if (!place.isMounted()) {
            throw VerbException.usage(place.path() + ": no image is mounted here");
        }
        // Debian has the one with libfuse 2, the other with libfuse 3; root does without both.
        String problem = "";
        for (List<String> program :
                List.of(List.of("fusermount", "-u"), List.of("fusermount3", "-u"), List.of("umount"))) {
            String said = unmount(program, place);
            if (said.isEmpty()) {
                context.note("unmounted " + place.path());
                return;
            }
            problem = said;
        }
        throw VerbException.host(place.path() + ": cannot be unmounted: " + problem);
    }

    /** What a program complains of; nothing if it did its work. */
    private static String unmount(List<String> program, MountPoint place) throws InterruptedException {
        try {
            List<String> words = new ArrayList<>(program);
            words.add(place.path().toString());
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip() + " (" + program.get(0) + ")";
        } catch (IOException e) {
            return program.get(0) + " is not installed";
        }
    }
}

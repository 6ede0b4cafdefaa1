package dev.morgana.fuse;

import dev.morgana.cli.extension.VerbContext;
import dev.morgana.cli.extension.VerbException;
import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code morgana mount}: shows an image as a folder until it is unmounted. */
@Command(
        name = "mount",
        description = {
            "Mounts an image on an empty folder, by FUSE, until it is unmounted or interrupted.",
            "What was written is in the image after fsync, close, and at the end."
        },
        footer = {"", "Example: morgana mount image.bin /mnt"})
public final class MountVerb implements VerbExtension {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder, which must be empty")
    private String folder = "";

    @Option(names = "--read-only", description = "write nothing")
    private boolean readOnly;

    @Option(names = "-o", paramLabel = "option", description = "option of FUSE, such as allow_other; may be repeated")
    private List<String> options = new ArrayList<>();

    /** A verb whose words are not yet read. */
    public MountVerb() {}

    @Override
    public void run(VerbContext context) throws Exception {
        MountPoint place = MountPoint.of(folder);
        place.requireFree();
        CountDownLatch closed = new CountDownLatch(1);
        try (KeyValueStore store = context.open(image, readOnly)) {
            Tree tree = new Tree(store, InstantSource.system());
            ImageMount mount = mount(context, tree, place);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(mount, place, closed), "morgana-unmount"));
            serve(mount, tree, place);
        } finally {
            closed.countDown();
        }
    }

    private ImageMount mount(VerbContext context, Tree tree, MountPoint place) throws IOException, VerbException {
        String told = image + " is mounted on " + place.path() + (tree.isReadOnly() ? ", for reading" : "")
                + "; morgana unmount " + place.path() + ", or Ctrl-C, ends that";
        try {
            return new ImageMount(tree, Owner.ofProcess(), InstantSource.system(), () -> context.note(told));
        } catch (UnsatisfiedLinkError e) {
            throw VerbException.host("libfuse 2 is not installed; on Debian it is the package libfuse2");
        }
    }

    private void serve(ImageMount mount, Tree tree, MountPoint place) throws IOException, VerbException {
        int code = mount.serve(words(tree, place));
        tree.sync();
        if (code != 0) {
            throw VerbException.host(place.path() + ": libfuse cannot mount here, see above");
        }
    }

    private String[] words(Tree tree, MountPoint place) {
        List<String> words = new ArrayList<>(List.of(
                "morgana",
                "-f",
                "-s",
                "-o",
                "subtype=morgana,fsname=" + image.replace("\\", "\\\\").replace(",", "\\,"),
                "-o",
                "default_permissions,big_writes,atomic_o_trunc" + (tree.isReadOnly() ? ",ro" : "")));
        for (String option : options) {
            words.add("-o");
            words.add(option);
        }
        words.add(place.path().toString());
        return words.toArray(String[]::new);
    }

    /** At the end of the process, ends a mount that is still there, and waits until everything is in the image. */
    private static void end(ImageMount mount, MountPoint place, CountDownLatch closed) {
        if (closed.getCount() == 0) {
            return;
        }
        mount.askToEnd();
        try {
            // One more question, without which libfuse would not look.
            Files.getFileStore(place.path()).getTotalSpace();
            closed.await();
        } catch (IOException e) {
            closed.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

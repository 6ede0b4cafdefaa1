package dev.morgana.interop.peer;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

/** A container in which a littlefs image can be mounted. It has the device and one capability, and is not privileged. */
final class LittlefsMount implements AutoCloseable {
    /** The folder with the images, in the container. */
    static final String FOLDER = "/images";

    /** Where the image is mounted, in the container. */
    static final String MOUNT = "/mnt";

    /** Options of ours, by their names on littlefs-fuse's command line. */
    private static final Map<String, String> WORDS = Map.of(
            "blockSize", "block_size",
            "blockCount", "block_count",
            "blockCycles", "block_cycles",
            "readSize", "read_size",
            "progSize", "prog_size",
            "cacheSize", "cache_size",
            "diskVersion", "disk_version");

    private final MountProgram program;
    private final Path folder;
    private final GenericContainer<?> container;

    /**
     * Starts a container.
     *
     * @param folder the folder with the images
     */
    @SuppressWarnings("resource") // closed with this
    LittlefsMount(MountProgram program, Path folder) {
        this.program = program;
        this.folder = folder;
        this.container = Engine.container(program.image(), folder, FOLDER)
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withDevices(Device.parse("/dev/fuse:/dev/fuse:rwm"))
                        .withCapAdd(Capability.SYS_ADMIN)
                        .withSecurityOpts(List.of("apparmor=unconfined")));
        container.start();
    }

    MountProgram program() {
        return program;
    }

    /** The folder with the images, on this machine. */
    Path folder() {
        return folder;
    }

    void format(Path image, Setup setup) throws Exception {
        run(program.command() + " --format " + words(setup) + " " + inside(image));
    }

    void mount(Path image, Setup setup) throws Exception {
        run("(" + program.command() + " " + words(setup) + " " + program.mountOptions() + " " + inside(image) + " "
                + MOUNT
                + " > /tmp/mount.log 2>&1 &) ; for i in $(seq 500); do mountpoint -q " + MOUNT
                + " && exit 0; sleep 0.02; done; cat /tmp/mount.log; exit 1");
    }

    /** Unmounts, and waits for the program to have ended: then everything is in the image. */
    void unmount() throws Exception {
        // the first letter in brackets, so that grep does not find itself
        String pattern =
                "[" + program.command().charAt(0) + "]" + program.command().substring(1);
        run("mountpoint -q " + MOUNT + " || exit 0; fusermount -u " + MOUNT + " && for i in $(seq 500); do grep -qs '"
                + pattern + "' /proc/[0-9]*/cmdline || exit 0; sleep 0.02; done; exit 1");
    }

    /** Runs a shell script to its end. */
    String run(String script) throws Exception {
        Container.ExecResult result = container.execInContainer("sh", "-c", script);
        if (result.getExitCode() != 0) {
            throw new IOException(
                    script + " ends with " + result.getExitCode() + ": " + result.getStdout() + result.getStderr());
        }
        return result.getStdout();
    }

    /** What the program tells of its version, in one line. */
    String version() throws Exception {
        return run(program.command() + " --version 2>&1 || :").strip().replaceAll("\\s*\\R\\s*", ", ");
    }

    /** Ends everything in the container at once, whatever it is doing. */
    void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private static String words(Setup setup) {
        return setup.options().entrySet().stream()
                .map(option -> "--" + WORDS.get(option.getKey()) + "=" + option.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String inside(Path image) {
        return FOLDER + "/" + image.getFileName();
    }

    @Override
    public void close() {
        container.stop();
    }
}

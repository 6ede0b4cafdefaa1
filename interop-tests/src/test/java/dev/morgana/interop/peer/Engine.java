package dev.morgana.interop.peer;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** The container engine of this machine: images that are built for the tests, and containers that the tests start. */
final class Engine {
    /** Each container bears it; its value tells one run from another. A run that is killed leaves them to be swept by it. */
    static final String LABEL = "dev.morgana.interop";

    private static final String RUN = System.getProperty("morgana.interop.run", "unnamed");

    /** The host's certificates: behind some networks only they know the package registries. */
    private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private Engine() {}

    /** Does nothing if an engine answers. */
    static void require() throws Unavailable {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new Unavailable("no container engine answers");
        }
    }

    /**
     * Builds an image, unless the engine still has what each line of its Dockerfile made.
     *
     * @param base the image that stands in the place of the one after FROM
     * @param folder what the Dockerfile copies
     * @param arguments values for ARG
     * @return the name of the image
     * @throws Unavailable if no engine answers, or it cannot get the base
     */
    static String build(String tag, String base, Path dockerfile, Path folder, Map<String, String> arguments)
            throws Exception {
        require();
        requireImage(base);
        String lines = Files.readString(dockerfile).replaceFirst("(?m)^FROM .*$", "FROM " + base);
        ImageFromDockerfile image = new ImageFromDockerfile(tag, false)
                .withFileFromString("Dockerfile", lines)
                .withFileFromString("host.crt", Files.exists(CERTIFICATES) ? Files.readString(CERTIFICATES) : "")
                .withBuildArgs(arguments);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                image = image.withFileFromPath("files/" + folder.relativize(file), file);
            }
        }
        return image.get();
    }

    /** Pulls an image that is not there. */
    static void requireImage(String name) throws Exception {
        DockerClient client = DockerClientFactory.instance().client();
        try {
            client.inspectImageCmd(name).exec();
        } catch (NotFoundException absent) {
            try {
                client.pullImageCmd(name).start().awaitCompletion();
            } catch (DockerException e) {
                throw new Unavailable("the image " + name + " is neither here nor to be had: "
                        + e.getMessage().lines().findFirst().orElse(""));
            }
        }
    }

    /**
     * A container that does nothing by itself, to be started by the caller.
     *
     * @param folder a folder of this machine, under {@code inside} in the container
     */
    static GenericContainer<?> container(String image, Path folder, String inside) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withLabels(Map.of(LABEL, RUN))
                .withFileSystemBind(folder.toString(), inside, BindMode.READ_WRITE)
                .withCommand("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done");
    }
}

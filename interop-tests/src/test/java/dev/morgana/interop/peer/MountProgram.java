package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The program that mounts, and the image that holds it.
 *
 * @param label its name in the report
 * @param image the container image
 * @param command its name in the container
 */
record MountProgram(String label, String image, String command) {
    /** The name in the report of the real program. */
    static final String REAL = "littlefs-fuse";

    private static final String STAND_IN = "C littlefs over fusepy";

    /** The image that the user names, with the real littlefs-fuse; else our stand-in, whose image is built. */
    static MountProgram choose() throws Exception {
        String named = System.getProperty("morgana.littlefsFuse.image", "");
        if (!named.isEmpty()) {
            return new MountProgram(REAL, named, System.getProperty("morgana.littlefsFuse.command", REAL));
        }
        Path sources = Workshop.sources().resolve("littlefs-over-fusepy");
        ImageFromDockerfile image = new ImageFromDockerfile("morgana-littlefs-over-fusepy:1", false)
                .withFileFromPath("Dockerfile", sources.resolve("Dockerfile"))
                .withFileFromPath("requirements.txt", sources.resolve("requirements.txt"))
                .withFileFromPath("c-littlefs-over-fusepy", sources.resolve("c-littlefs-over-fusepy"));
        Path certificates = Path.of("/etc/ssl/certs/ca-certificates.crt");
        image = Files.exists(certificates)
                ? image.withFileFromPath("ca-certificates.crt", certificates)
                : image.withFileFromString("ca-certificates.crt", "");
        return new MountProgram(STAND_IN, image.get(), "c-littlefs-over-fusepy");
    }

    boolean isReal() {
        return label.equals(REAL);
    }
}

package dev.morgana.cli.verb;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.Session;
import dev.morgana.spi.StoreAddress;
import picocli.CommandLine.Parameters;

/** The first word of verbs that work on an image as a whole. */
public final class WholeImage {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "the image")
    private String image = "";

    /** The image as the command line names it. */
    public String name() {
        return image;
    }

    /** Its address, which names no entry. */
    public StoreAddress address(Session session) throws Exception {
        StoreAddress address = session.address(image);
        Entries.refuse(address);
        return address;
    }
}

package dev.morgana.crypt.layout;

/**
 * What a try of a password costs: the parameters of Argon2id (RFC 9106).
 *
 * @param memory in KiB
 * @param iterations how often the memory is passed
 * @param lanes how many parts may be worked on at once
 */
public record PasswordCost(int memory, int iterations, int lanes) {
    /** The second recommendation of RFC 9106, section 4, for machines that have little memory to spare. */
    public static final PasswordCost DEFAULT = new PasswordCost(64 * 1024, 3, 4);

    private static final int MOST_MEMORY = 256 * 1024;
    private static final int MOST_ITERATIONS = 64;
    private static final int MOST_LANES = 16;

    /** Whether it is one that is worked with: a hostile header must cost neither gigabytes nor hours. */
    boolean isBearable() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && memory >= 8 * lanes
                && memory <= MOST_MEMORY
                && iterations >= 1
                && iterations <= MOST_ITERATIONS;
    }
}

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

    private static final long KIB = 1024;

    /** Whether Argon2id has such parameters at all. What of them is borne is the opener's decision. */
    boolean isPossible() {
        return lanes >= 1 && memory >= 8 * lanes && iterations >= 1;
    }

    /** The memory in bytes. */
    public long memoryBytes() {
        return memory * KIB;
    }
}

package dev.morgana.block.drivers.layer;

/**
 * What happened to one block. Failed calls count.
 *
 * @param erases how often it was erased
 * @param programs how many programs began in it
 */
public record BlockCount(long erases, long programs) {
    static final BlockCount NONE = new BlockCount(0, 0);
}

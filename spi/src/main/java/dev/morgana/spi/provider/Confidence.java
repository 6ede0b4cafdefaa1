package dev.morgana.spi.provider;

/** How sure a provider is that an image is of its format. */
public enum Confidence {
    /** Nothing speaks against it: such as an empty or damaged image with traces of the format. */
    POSSIBLE,
    /** Structures of the format are there, and another format could still claim the image with more right. */
    LIKELY,
    /** A magic number and checksums agree. */
    CERTAIN
}

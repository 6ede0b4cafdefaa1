package dev.morgana.tck.reference;

import org.jspecify.annotations.Nullable;

/** What a snapshot's payload is. The codes are on the medium: never change one. */
enum Shape {
    /** Nodes of a tree. */
    TREE('T', "reference"),
    /** Records of a flat store. */
    FLAT('F', "reference-flat");

    private final char code;
    private final String format;

    Shape(char code, String format) {
        this.code = code;
        this.format = format;
    }

    byte code() {
        return (byte) code;
    }

    /** The id of the format that has this shape. */
    String format() {
        return format;
    }

    static @Nullable Shape ofCode(byte code) {
        for (Shape shape : values()) {
            if (shape.code() == code) {
                return shape;
            }
        }
        return null;
    }
}

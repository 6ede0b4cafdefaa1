package dev.morgana.spi.option;

/** How the text of an option is read. */
public enum OptionType {
    /** A whole number, decimal or {@code 0x} hexadecimal, possibly negative. */
    INTEGER("whole number"),
    /** A size in bytes: a whole number, optionally with {@code K}, {@code KiB}, {@code M}, {@code MiB}, {@code G}, {@code GiB} (powers of 1024). */
    SIZE("size"),
    /** {@code true} or {@code false}; a name without a value means {@code true}. */
    FLAG("flag"),
    /** One of a fixed set of words. */
    CHOICE("choice"),
    /** Any text. */
    TEXT("text"),
    /** The path of a file. */
    PATH("path"),
    /** An object that only a program can give, such as a clock; it has no text form. */
    OBJECT("object");

    private final String label;

    OptionType(String label) {
        this.label = label;
    }

    /**
     * The type in words.
     *
     * @return a noun for help texts
     */
    public String label() {
        return label;
    }
}

package dev.morgana.interop.peer;

/** Where a peer's program is built and runs. */
enum Place {
    /** With the toolchain of this machine. */
    HERE,

    /** In a container whose image has the toolchain. */
    CONTAINER;

    private static final String PROPERTY = "morgana.peers";

    /** Here if this machine has the tool; else, or if {@code -Dmorgana.peers=container} hides what it has, in a container. */
    static Place of(String tool) {
        return of(tool, System.getProperty(PROPERTY, ""));
    }

    /** The same, for a value of the property. */
    static Place of(String tool, String property) {
        return property.equals("container") || Workshop.tool(tool).isEmpty() ? CONTAINER : HERE;
    }
}

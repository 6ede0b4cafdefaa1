package dev.morgana.interop.peer;

import java.util.List;

/** A peer that somebody else provides, for formats whose implementation is in no registry. */
final class ExternalPeer {
    private ExternalPeer() {}

    /** The program that a property names, such as {@code -Dmorgana.peer.pw_kvs=/opt/pw_kvs_peer}. */
    static Program program(String format) throws Unavailable {
        return program(format, System.getProperty(property(format), ""));
    }

    /** The same, for a value of the property: the program and its words. */
    static Program program(String format, String command) throws Unavailable {
        if (command.isBlank()) {
            throw new Unavailable("-D" + property(format) + " names no program; its proof is the golden data");
        }
        return Program.here(List.of(command.strip().split("\\s+")));
    }

    private static String property(String format) {
        return "morgana.peer." + format;
    }
}

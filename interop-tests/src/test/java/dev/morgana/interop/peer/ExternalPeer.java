package dev.morgana.interop.peer;

import java.util.List;

/** A peer that somebody else provides, for formats whose implementation is in no registry. */
final class ExternalPeer {
    private ExternalPeer() {}

    /** The command that a property names, such as {@code -Dmorgana.peer.pw_kvs=/opt/pw_kvs_peer}. */
    static List<String> command(String format) throws Unavailable {
        String property = "morgana.peer." + format;
        String command = System.getProperty(property, "");
        if (command.isBlank()) {
            throw new Unavailable("-D" + property + " names no program; its proof is the golden data");
        }
        return List.of(command.strip().split("\\s+"));
    }
}

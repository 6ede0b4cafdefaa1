package dev.morgana.cli.exchange.host;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** File names on the host for names in an image, which may hold anything. */
public final class HostName {
    /** Device names of Windows, which it takes with any extension. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    /** The longest name that common file systems take, in bytes. */
    private static final int LONGEST = 255;

    private HostName() {}

    /** Control and format characters, such as bidirectional overrides, and what some system reads as syntax. */
    private static boolean isUnsafe(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.FORMAT || "\\:*?\"<>|/".indexOf(codePoint) >= 0;
    }

    /**
     * The file name for the last segment of a key, as a relative path. It has the same bytes, where the host's names are bytes.
     *
     * @throws TransferException if no host should get a file of that name: it would leave the folder, forge what a terminal
     *     shows, or mean a device; or if this host has no such name
     */
    public static Path of(Key key) throws TransferException {
        byte[] name = key.nameBytes();
        String problem = problem(name);
        if (!problem.isEmpty()) {
            throw new TransferException(
                    key + ": " + problem + "; give a file name of your own with get, or skip it with --skip-unsafe");
        }
        return NativeName.path(name);
    }

    /** Tells whether {@link #of} gives a name. */
    public static boolean isSafe(Key key) {
        try {
            of(key);
            return true;
        } catch (TransferException e) {
            return false;
        }
    }

    /** What is wrong with a name; bytes that are no UTF-8 mean nothing on any host, and so nothing bad. */
    private static String problem(byte[] bytes) {
        String name = new String(bytes, StandardCharsets.UTF_8);
        if (name.isEmpty()) {
            return "the root is not a file";
        }
        if (name.equals(".") || name.equals("..")) {
            return "the name means a folder";
        }
        if (name.codePoints().anyMatch(HostName::isUnsafe)) {
            return "the name contains characters that are unsafe in file names";
        }
        if (bytes.length > LONGEST) {
            return "the name is longer than the " + LONGEST + " bytes that file systems take";
        }
        int dot = name.indexOf('.');
        if (DEVICES.contains((dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT))) {
            return "the name means a device on some systems";
        }
        return name.endsWith(".") || name.endsWith(" ") ? "the name ends with a dot or a space" : "";
    }
}

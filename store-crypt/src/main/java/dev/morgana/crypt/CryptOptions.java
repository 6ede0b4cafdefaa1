package dev.morgana.crypt;

import dev.morgana.spi.option.Option;
import java.util.List;

/** The options of the layer. */
public final class CryptOptions {
    /** The key, in a file, so that it is in no command line and no log. */
    public static final Option<String> KEY_FILE =
            Option.path("keyFile").describe("file with the key: morgana-key: and 64 hexadecimal digits");

    /** The password, in a file. */
    public static final Option<String> PASSWORD_FILE = Option.path("passwordFile")
            .describe("file with the password in UTF-8; line breaks at its end do not count");

    /** The key or password of a program. */
    public static final Option<KeySource> KEY =
            Option.object("key", KeySource.class).describe("where a program gets the key or password from");

    /** Whether names are encrypted too. A store stays as it was initialised. */
    public static final Option<Boolean> HIDE_NAMES =
            Option.flag("hideNames").describe("encrypt the names of keys too; for a new store");

    /** Whether a version index is kept. A store stays as it was initialised. */
    public static final Option<Boolean> VERSION_INDEX = Option.flag("versionIndex")
            .describe("detect that a value was replaced by an earlier one of its own; for a new store");

    /** The way back into a store whose values are not those of its version index. */
    public static final Option<Boolean> ACCEPT_VERSIONS = Option.flag("acceptVersions")
            .describe("take the values that are there, whatever the version index says, and begin it anew");

    /** What the store belongs to. It opens with the same label only, and nothing of a store with another one opens in it. */
    public static final Option<String> LABEL = Option.text("label")
            .describe("what the store belongs to, such as a serial number; needed again whenever it is opened");

    /** The state that the store must be in, as {@link dev.morgana.spi.facet.StateToken} tells it. */
    public static final Option<String> EXPECT_STATE =
            Option.text("expectState").describe("open only what is in the state that info --state has told");

    /** The most memory that a password may take. A store tells what its own takes, and whoever changes it can tell anything. */
    public static final Option<Long> MAX_KDF_MEMORY = Option.size("maxKdfMemory")
            .range(8 << 10, 16L << 30)
            .byDefault(256L << 20)
            .describe("most memory that a try of the password may take");

    /** The most passes over that memory. */
    public static final Option<Long> MAX_KDF_TIME = Option.integer("maxKdfTime")
            .range(1, (1 << 16) - 1)
            .byDefault(16L)
            .describe("most passes over its memory that a try of the password may take");

    private CryptOptions() {}

    /**
     * All of them.
     *
     * @return in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return List.of(
                KEY_FILE,
                PASSWORD_FILE,
                KEY,
                HIDE_NAMES,
                VERSION_INDEX,
                LABEL,
                ACCEPT_VERSIONS,
                EXPECT_STATE,
                MAX_KDF_MEMORY,
                MAX_KDF_TIME);
    }
}

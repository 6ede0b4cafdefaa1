package dev.morgana.spi.error;

import java.util.Collection;
import java.util.List;

/** No installed provider has the name that was asked for. */
public final class UnknownProviderException extends RequestException {
    private final String name;
    private final List<String> installed;

    /**
     * Creates the error.
     *
     * @param kind what was looked for: {@code format}, {@code driver} or {@code layer}
     * @param name the name asked for
     * @param installed the names that are installed
     */
    public UnknownProviderException(String kind, String name, Collection<String> installed) {
        super(
                Failure.UNKNOWN_PROVIDER,
                "unknown " + kind + " " + name + "; installed: "
                        + (installed.isEmpty() ? "none" : String.join(", ", installed)),
                null);
        this.name = name;
        this.installed = List.copyOf(installed);
    }

    /**
     * The name asked for.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * What is installed.
     *
     * @return names, possibly none
     */
    public List<String> installed() {
        return installed;
    }
}

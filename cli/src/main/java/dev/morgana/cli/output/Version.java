package dev.morgana.cli.output;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"morgana " + (version == null ? "(not packaged)" : version)};
    }
}

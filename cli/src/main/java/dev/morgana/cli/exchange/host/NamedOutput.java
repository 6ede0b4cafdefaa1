package dev.morgana.cli.exchange.host;

import java.io.IOException;
import java.io.OutputStream;

/** A stream whose errors name the file that it goes to, which those of the host do not. */
public final class NamedOutput extends InterceptedOutput {
    private final String name;

    /** A stream over another one, which it closes. */
    public NamedOutput(OutputStream out, String name) {
        super(out);
        this.name = name;
    }

    @Override
    protected IOException intercepted(IOException error) {
        return NamedInput.named(name, error);
    }
}

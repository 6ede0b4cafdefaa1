package dev.morgana.cli.output;

import dev.morgana.cli.exchange.host.InterceptedOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The standard output, which remembers why it failed: the print stream around it only knows that it did. */
public final class StandardOutput extends InterceptedOutput {
    private @Nullable IOException failure;

    /** Makes the standard output of the process. */
    public StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    protected IOException intercepted(IOException error) {
        failure = error;
        return error;
    }

    /** Why it failed, as far as anybody wants to know: who closes a pipe has seen enough. */
    public @Nullable IOException failure() {
        return failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe") ? null : failure;
    }
}

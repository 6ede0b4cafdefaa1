package dev.morgana.cli.verb.hosted;

import dev.morgana.cli.extension.VerbContext;
import dev.morgana.cli.extension.VerbException;
import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.KeyValueStore;
import picocli.CommandLine.Command;

/** A verb of another module, with the options that all verbs have. */
@Command
final class HostedVerb extends Verb {
    private final VerbExtension extension;

    HostedVerb(VerbExtension extension) {
        this.extension = extension;
    }

    @Override
    protected ExitCode run(Output output) throws Exception {
        extension.run(new Context(session(), output));
        return ExitCode.DONE;
    }

    private record Context(Session session, Output output) implements VerbContext {
        @Override
        public KeyValueStore open(String image, boolean readOnly) throws VerbException, StoreException {
            StoreAddress address = session.address(image);
            try {
                Entries.refuse(address);
            } catch (UsageException e) {
                throw VerbException.usage(String.valueOf(e.getMessage()));
            }
            return readOnly ? session.openReadOnly(address) : Morgana.tree(session.openStore(address));
        }

        @Override
        public void note(String line) {
            output.note(line);
            session.console().out().flush();
        }

        @Override
        public void complain(String line) {
            session.console().complain(line);
        }
    }
}

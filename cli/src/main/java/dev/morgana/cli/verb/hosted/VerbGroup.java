package dev.morgana.cli.verb.hosted;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The first word of verbs with two. */
@Command(
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        description = "Lets other programs reach an image.")
final class VerbGroup implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a second word is missing, one of " + spec.subcommands().keySet());
    }
}

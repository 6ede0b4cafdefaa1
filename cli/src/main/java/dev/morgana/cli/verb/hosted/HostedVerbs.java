package dev.morgana.cli.verb.hosted;

import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.cli.output.Console;
import dev.morgana.spi.Morgana;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs that the installed modules bring. */
public final class HostedVerbs {
    private HostedVerbs() {}

    /** What is installed. */
    public static List<VerbExtension> installed() {
        return ServiceLoader.load(VerbExtension.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Adds verbs to a command line. */
    public static void add(List<VerbExtension> extensions, CommandLine line, Morgana morgana, Console console) {
        for (VerbExtension extension : extensions) {
            HostedVerb verb = new HostedVerb(extension);
            verb.attach(morgana, console);
            CommandLine one = new CommandLine(verb);
            CommandSpec words = CommandSpec.forAnnotatedObject(extension);
            one.getCommandSpec().addMixin("extension", words).name(words.name());
            group(line, extension.group()).addSubcommand(words.name(), one);
        }
    }

    private static CommandLine group(CommandLine line, String word) {
        if (word.isEmpty()) {
            return line;
        }
        CommandLine there = line.getSubcommands().get(word);
        if (there == null) {
            there = new CommandLine(new VerbGroup());
            there.getCommandSpec().name(word);
            line.addSubcommand(word, there);
        }
        return there;
    }
}

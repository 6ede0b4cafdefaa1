package dev.morgana.cli;

import dev.morgana.cli.exchange.host.FileErrors;
import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.cli.output.Console;
import dev.morgana.cli.output.ErrorMessage;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.StandardOutput;
import dev.morgana.cli.output.Version;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.entry.EntryVerbs;
import dev.morgana.cli.verb.hosted.HostedVerbs;
import dev.morgana.cli.verb.image.ImageVerbs;
import dev.morgana.cli.verb.maintenance.MaintenanceVerbs;
import dev.morgana.spi.Morgana;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command: reads the words, runs the verb, turns errors into one line and an exit code. */
@Command(
        name = "morgana",
        description = "Makes, reads, changes and checks images of embedded storage formats.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "IMAGE is a path, which identifies itself, or format+driver:part?option=value.",
            "IMAGE:/path names an entry inside, IMAGE@offset+length a part of a larger file.",
            "Exit codes: 0 done, 1 findings, 2 usage, 3 not found, 4 damaged or not",
            "recognised, 5 no space, 6 input/output, 7 locked."
        })
final class Main {
    private static final List<Class<?>> VERBS = Stream.of(
                    ImageVerbs.ALL,
                    EntryVerbs.ALL,
                    MaintenanceVerbs.ALL,
                    List.of(MkLittlefs.class, AutoComplete.GenerateCompletion.class, CommandLine.HelpCommand.class))
            .<Class<?>>flatMap(List::stream)
            .toList();

    private final Morgana morgana;
    private final Console console;
    private final Supplier<List<VerbExtension>> hosted;

    Main(Morgana morgana, Console console) {
        this(morgana, console, HostedVerbs::installed);
    }

    /**
     * A command.
     *
     * @param hosted the verbs of other modules, asked for where the words name none of our own
     */
    Main(Morgana morgana, Console console, Supplier<List<VerbExtension>> hosted) {
        this.hosted = hosted;
        this.morgana = morgana;
        this.console = console;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param words the command line
     */
    public static void main(String[] words) {
        StandardOutput out = new StandardOutput();
        Console console = Console.ofProcess(Ansi.AUTO.enabled(), out);
        Main main = new Main(Morgana.load(), console);
        int code = main.run(words);
        console.out().flush();
        if (console.out().checkError() && code == ExitCode.DONE.number()) {
            code = main.failed(out);
        }
        System.exit(code);
    }

    /** Runs the command. */
    int run(String... words) {
        CommandLine line = new CommandLine(this, this::make);
        List<Class<?>> verbs = verbs(words);
        verbs.forEach(line::addSubcommand);
        if (verbs == VERBS) {
            // To look for verbs of other modules takes time as well.
            HostedVerbs.add(hosted.get(), line, morgana, console);
        }
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.terminal() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(new CommandLine.RunLast());
        line.setParameterExceptionHandler(this::wrongWords);
        line.setExecutionExceptionHandler((error, failed, parsed) -> failed(error, failed));
        if (words.length == 0) {
            line.usage(console.out());
            return ExitCode.USAGE.number();
        }
        return line.execute(words);
    }

    /**
     * The verb that the first word names; all where it names none, so that help and the nearest match know them. To look into
     * one class, not into all, takes a quarter off the start of the command.
     */
    private static List<Class<?>> verbs(String[] words) {
        List<Class<?>> named = VERBS.stream()
                .filter(verb -> words.length > 0 && isNamed(verb.getAnnotation(Command.class), words[0]))
                .toList();
        return named.isEmpty()
                        || named.contains(CommandLine.HelpCommand.class)
                        || named.contains(AutoComplete.GenerateCompletion.class)
                ? VERBS
                : named;
    }

    private static boolean isNamed(Command verb, String word) {
        return verb.name().equals(word) || List.of(verb.aliases()).contains(word);
    }

    /** What the command line is made of; a verb gets what it works with. */
    private <T> T make(Class<T> type) throws Exception {
        T made = CommandLine.defaultFactory().create(type);
        if (made instanceof Verb verb) {
            verb.attach(morgana, console);
        }
        return made;
    }

    private int wrongWords(ParameterException error, String[] words) {
        CommandLine verb = error.getCommandLine();
        String message = wrongWord(verb)
                .map(word -> described(word, verb))
                .orElseGet(() -> ErrorMessage.firstLine(error.getMessage()));
        console.complain(message + "; see " + verb.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /** The first word that means nothing. It tells more than what is missing, perhaps because of it. */
    private static Optional<String> wrongWord(CommandLine verb) {
        return verb.getParseResult() == null
                ? Optional.empty()
                : verb.getParseResult().unmatched().stream().findFirst();
    }

    private static String described(String word, CommandLine verb) {
        String what = word.startsWith("-")
                ? "no such option: "
                : verb.getParent() == null ? "no such verb: " : "unexpected argument: ";
        List<String> nearest = new UnmatchedArgumentException(verb, List.of(word)).getSuggestions();
        return what + word + (nearest.isEmpty() ? "" : "; did you mean " + nearest.get(0) + "?");
    }

    private int failed(StandardOutput out) {
        IOException failure = out.failure();
        if (failure != null) {
            console.complain("standard output: " + failure.getMessage() + "; the output is incomplete");
        }
        return failure != null && FileErrors.isDiskFull(failure)
                ? ExitCode.NO_SPACE.number()
                : ExitCode.INPUT_OUTPUT.number();
    }

    private int failed(Exception error, CommandLine line) {
        boolean stackTrace = line.getCommand() instanceof Verb verb && verb.wantsStackTrace();
        return console.complain(error, stackTrace).number();
    }
}

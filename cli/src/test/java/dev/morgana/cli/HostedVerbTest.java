package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.extension.VerbContext;
import dev.morgana.cli.extension.VerbException;
import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.cli.output.Console;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verbs of other modules are verbs like any other. */
class HostedVerbTest {
    @CommandLine.Command(name = "greet", description = "Greets.")
    static final class Greet implements VerbExtension {
        @Parameters(index = "0")
        private String image = "";

        @Option(names = "--read-only")
        private boolean readOnly;

        @Override
        public void run(VerbContext context) throws Exception {
            try (KeyValueStore store = context.open(image, readOnly)) {
                if (!readOnly) {
                    store.set(Key.of("/greeting"), new byte[1]);
                }
                context.note("hello " + store.info().format());
            }
        }
    }

    @CommandLine.Command(name = "tea", description = "Makes tea.")
    static final class Tea implements VerbExtension {
        @Option(names = "--hot")
        private boolean hot;

        @Override
        public String group() {
            return "serve";
        }

        @Override
        public void run(VerbContext context) throws VerbException {
            context.complain("the kettle is on");
            throw hot ? VerbException.host("there is no water") : VerbException.usage("tea is hot; say --hot");
        }
    }

    private record Run(int code, String out, String err) {}

    private static Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                InstantSource.fixed(Instant.EPOCH),
                InstantSource.fixed(Instant.EPOCH));
        int code = new Main(Morgana.load(), console, () -> List.of(new Greet(), new Tea())).run(words);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void oneOfOneWordOpensImages(@TempDir Path folder) throws Exception {
        String image = folder.resolve("a.img").toString();
        assertThat(Command.run("create", "littlefs", image, "-s", "64K").code()).isZero();
        assertThat(run("greet", image)).isEqualTo(new Run(0, "hello littlefs\n", ""));
        assertThat(run("greet", image, "-q")).isEqualTo(new Run(0, "", ""));
        byte[] before = Files.readAllBytes(Path.of(image));
        assertThat(run("greet", image, "--read-only").code()).isZero();
        assertThat(Files.readAllBytes(Path.of(image))).isEqualTo(before);
        assertThat(run("greet", image, "-O", "fish=1").code()).isEqualTo(2);
        assertThat(run("greet", image + ":/greeting")).extracting(Run::code).isEqualTo(2);
        assertThat(run("greet", "none.img").code())
                .isEqualTo(Command.run("ls", "none.img").code());
    }

    @Test
    void oneOfTwoWordsIsInItsGroup() {
        assertThat(run("serve", "tea"))
                .isEqualTo(new Run(2, "", "morgana: the kettle is on\nmorgana: tea is hot; say --hot\n"));
        assertThat(run("serve", "tea", "--hot").code()).isEqualTo(6);
        assertThat(run("serve").err()).contains("[tea]");
        assertThat(run("serve", "coffee").code()).isEqualTo(2);
    }

    @Test
    void helpKnowsThem() {
        assertThat(run("--help").out()).contains("greet", "Greets.", "serve");
        assertThat(run("greet", "--help").out()).contains("--read-only", "--json", "--stacktrace");
        assertThat(run("gret").err()).contains("did you mean greet?");
    }
}

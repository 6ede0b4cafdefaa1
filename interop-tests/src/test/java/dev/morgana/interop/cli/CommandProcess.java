package dev.morgana.interop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, as a shell starts it. */
public record CommandProcess(int code, String out, String err) {
    /** Runs it to its end. */
    public static CommandProcess run(List<String> jvm, Path folder, String... words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("morgana", ".out");
        Path err = Files.createTempFile("morgana", ".err");
        try {
            int code = builder(jvm, folder, words)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new CommandProcess(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Runs it to its end, with a file that exists for what it writes. */
    static CommandProcess into(Path output, Path folder, String... words) throws IOException, InterruptedException {
        Process process = builder(List.of(), folder, words)
                .redirectOutput(output.toFile())
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandProcess(process.waitFor(), "", err);
    }

    /** Starts it, with pipes for what it writes. */
    static Process startForReading(Path folder, String... words) throws IOException {
        return builder(List.of(), folder, words).start();
    }

    /** Starts it, with nobody to hear what it says. */
    static Process start(Path folder, String... words) throws IOException {
        return builder(List.of(), folder, words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder builder(List<String> jvm, Path folder, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-Dfile.encoding=" + StandardCharsets.UTF_8, "-Dsun.jnu.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.morgana.cli.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).directory(folder.toFile());
    }
}

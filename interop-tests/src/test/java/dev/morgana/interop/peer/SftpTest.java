package dev.morgana.interop.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of OpenSSH on an image that the command serves. */
@Tag("interop")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SftpTest {
    private static final int FILES = 500;
    private static final Pattern TOLD = Pattern.compile("is served at 127\\.0\\.0\\.1 port (\\d+), host key SHA256:");

    @TempDir
    private Path folder;

    private String image;

    private record Server(Process process, int port) implements AutoCloseable {
        static Server of(Path folder, String... words) throws Exception {
            List<String> all = new ArrayList<>(List.of("serve", "sftp"));
            all.addAll(List.of(words));
            all.addAll(List.of("--port", "0"));
            Process process = MorganaMount.command(folder, all.toArray(String[]::new));
            BufferedReader told = process.inputReader(UTF_8);
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                Matcher where = TOLD.matcher(line);
                if (where.find()) {
                    return new Server(process, Integer.parseInt(where.group(1)));
                }
            }
            throw new IOException("the server ends with " + process.waitFor());
        }

        /** Runs the client with commands, one a line. */
        String client(Path folder, String more, String... commands) throws Exception {
            Path batch = Files.write(folder.resolve("batch"), List.of(commands));
            return MorganaMount.shell(
                    folder,
                    "sftp -q -P " + port + " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null " + more
                            + " -b " + batch + " morgana@127.0.0.1 2>&1 || echo failed");
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BeforeAll
    static void needAClient() {
        if (Workshop.tool("sftp").isEmpty() || Workshop.tool("ssh-keygen").isEmpty()) {
            MorganaMount.require("sftp", "ssh-keygen");
        }
    }

    @BeforeEach
    void makeAnImageAndKeys() throws Exception {
        image = "littlefs+file:" + folder.resolve("image");
        Morgana.load().at(image + "?size=8MiB&blockSize=4096").create().close();
        MorganaMount.shell(
                folder, "ssh-keygen -q -t ed25519 -N '' -f known; ssh-keygen -q -t ed25519 -N '' -f stranger");
    }

    private KeyValueStore open() throws IOException {
        return Morgana.load().at(image).open();
    }

    @Test
    void manyFilesGoInAndOut() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path back = Files.createDirectory(folder.resolve("back"));
        Random random = new Random(5);
        List<String> commands = new ArrayList<>(List.of("mkdir all", "cd all", "lcd " + out, "put *"));
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            Files.write(out.resolve("f" + i), content);
            commands.add("rename f" + i + " g" + i);
        }
        commands.addAll(List.of("ls -l", "lcd " + back, "get *"));
        new Comparison("sftp of OpenSSH", "", "morgana serve sftp, littlefs")
                .run(List.of(new Comparison.Direction("put, rename, ls, get, rm", () -> FILES)), () -> {
                    try (Server server = Server.of(folder, image, "--key", "known.pub")) {
                        String said = server.client(folder, "-i known", commands.toArray(String[]::new));
                        assertThat(said).doesNotContain("failed");
                        assertThat(said.lines().filter(line -> line.startsWith("-rw-r--r--")))
                                .hasSize(FILES);
                        for (int i = 0; i < FILES; i++) {
                            assertThat(Files.mismatch(out.resolve("f" + i), back.resolve("g" + i)))
                                    .isEqualTo(-1);
                        }
                        // Another session, after the first one has closed its view of the files.
                        assertThat(server.client(folder, "-i known", "rm all/g*", "ls -l all", "put known.pub kept"))
                                .doesNotContain("failed", "-rw");
                    }
                    try (KeyValueStore store = open();
                            Stream<?> left = store.list(Key.of("/all"))) {
                        assertThat(left).isEmpty();
                        assertThat(store.get(Key.of("/kept")))
                                .isEqualTo(Files.readAllBytes(folder.resolve("known.pub")));
                    }
                });
    }

    @Test
    void onlyThoseWithAKeyOrThePasswordAreLetIn() throws Exception {
        Files.writeString(folder.resolve("password"), "open sesame\n");
        Path ask = Files.writeString(folder.resolve("ask"), "#!/bin/sh\necho \"$WORD\"\n");
        assertThat(ask.toFile().setExecutable(true)).isTrue();
        String typed = "-o BatchMode=no -o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1";
        try (Server server = Server.of(folder, image, "--key", "known.pub", "--password-file", "password")) {
            assertThat(server.client(folder, "-i known", "put known.pub a")).doesNotContain("failed");
            assertThat(server.client(folder, "-i stranger", "put known.pub b")).contains("failed");
            assertThat(server.client(folder, "-i known -o User=root", "put known.pub b"))
                    .contains("failed");
            for (String word : List.of("open sesame", "open barley")) {
                String said = MorganaMount.shell(
                        folder,
                        "echo 'put known.pub c' > batch2; WORD='" + word + "' SSH_ASKPASS=" + ask
                                + " SSH_ASKPASS_REQUIRE=force setsid sftp -q " + typed + " -P " + server.port()
                                + " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -b batch2"
                                + " morgana@127.0.0.1 2>&1 || echo failed");
                assertThat(said.contains("failed")).isEqualTo(word.equals("open barley"));
            }
        }
        try (KeyValueStore store = open();
                Stream<?> there = store.list(Key.ROOT)) {
            assertThat(there).hasSize(2);
        }
    }

    @Test
    void aReadOnlyImageIsReadAlone() throws Exception {
        try (KeyValueStore store = open()) {
            store.set(Key.of("/a"), "text".getBytes(UTF_8));
        }
        byte[] before = Files.readAllBytes(folder.resolve("image"));
        assertThat(MorganaMount.outcome(folder, "serve", "sftp", image))
                .startsWith("2 ")
                .contains("--key");
        try (Server server = Server.of(folder, image, "--read-only", "--key", "known.pub")) {
            assertThat(server.client(folder, "-i known", "get a")).doesNotContain("failed");
            assertThat(Files.readString(folder.resolve("a"))).isEqualTo("text");
            assertThat(server.client(folder, "-i known", "put known.pub b")).contains("failed");
            assertThat(server.client(folder, "-i known", "rm a")).contains("failed");
            assertThat(MorganaMount.outcome(
                            folder,
                            "serve",
                            "sftp",
                            image,
                            "--read-only",
                            "--key",
                            "known.pub",
                            "--port",
                            Integer.toString(server.port())))
                    .startsWith("6 ")
                    .contains("--port");
        }
        assertThat(Files.readAllBytes(folder.resolve("image"))).isEqualTo(before);
    }
}

package dev.morgana.sftp;

import dev.morgana.cli.extension.VerbContext;
import dev.morgana.cli.extension.VerbException;
import dev.morgana.cli.extension.VerbExtension;
import dev.morgana.nio.MorganaFileSystems;
import java.net.BindException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code morgana serve sftp}: lets SFTP clients reach an image, until it is interrupted. */
@Command(
        name = "sftp",
        description = {
            "Serves an image by SFTP until it is interrupted, to those with a key or the password.",
            "What was written is in the image when the client closes it."
        },
        footer = {"", "Example: morgana serve sftp image.bin --key ~/.ssh/id_ed25519.pub"})
public final class ServeSftpVerb implements VerbExtension {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Option(
            names = "--port",
            paramLabel = "port",
            defaultValue = "2222",
            description = "where to listen; 0 for any that is free (default: 2222)")
    private int port;

    @Option(
            names = "--listen",
            paramLabel = "address",
            defaultValue = "127.0.0.1",
            description = "the address to listen at (default: 127.0.0.1, for this machine alone)")
    private String address = "";

    @Option(
            names = "--user",
            paramLabel = "name",
            defaultValue = "morgana",
            description = "who may log in (default: morgana)")
    private String user = "";

    @Option(
            names = "--key",
            paramLabel = "file",
            defaultValue = "",
            description = "public keys that are let in, one a line")
    private String keys = "";

    @Option(
            names = "--password-file",
            paramLabel = "file",
            defaultValue = "",
            description = "a file whose first line is the password")
    private String passwordFile = "";

    @Option(
            names = "--host-key",
            paramLabel = "file",
            defaultValue = "",
            description = "the private key by which clients know this host (default: a new one)")
    private String hostKey = "";

    @Option(names = "--read-only", description = "write nothing")
    private boolean readOnly;

    /** A verb whose words are not yet read. */
    public ServeSftpVerb() {}

    @Override
    public String group() {
        return "serve";
    }

    @Override
    public void run(VerbContext context) throws Exception {
        Admission admission = Admission.of(user, keys, passwordFile);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (FileSystem files = MorganaFileSystems.over(context.open(image, readOnly));
                ImageServer server = new ImageServer(
                        files, admission, hostKey.isEmpty() ? Optional.empty() : Optional.of(Path.of(hostKey)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed), "morgana-serve"));
            int listening = server.listen(address, port);
            context.note(
                    image + " is served at " + address + " port " + listening + ", host key " + server.fingerprint()
                            + "; sftp -P " + listening + " " + user + "@" + address + " reaches it, Ctrl-C ends that");
            asked.await();
        } catch (BindException e) {
            throw VerbException.host(
                    address + " port " + port + ": " + e.getMessage() + "; --port chooses another one");
        } finally {
            closed.countDown();
        }
    }

    /** At the end of the process, waits until everything is in the image. */
    private static void end(CountDownLatch asked, CountDownLatch closed) {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.morgana.sftp;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.UnsupportedAttributePolicy;

/** Serves one file system by SFTP, and nothing else: no shell, no forwarding. */
final class ImageServer implements AutoCloseable {
    private static final int KEY_BITS = 256;

    private final SshServer server = SshServer.setUpDefaultServer();

    /**
     * A server that does not listen yet.
     *
     * @param files what is served
     * @param admission who may log in
     * @param hostKey the file of the host's private key; a new one is made for this run if there is none
     */
    ImageServer(FileSystem files, Admission admission, Optional<Path> hostKey) {
        admission.applyTo(server);
        server.setKeyPairProvider(hostKey.map(ImageServer::keyOf).orElseGet(ImageServer::newKey));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                // Clients set permissions with each file; images know none.
                .withUnsupportedAttributePolicy(UnsupportedAttributePolicy.Ignore)
                .build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(files.getPath("/")));
    }

    private static KeyPairProvider keyOf(Path file) {
        return new FileKeyPairProvider(file);
    }

    private static KeyPairProvider newKey() {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        keys.setKeySize(KEY_BITS);
        return keys;
    }

    /** Begins to listen; the port is chosen if it is 0. Returns where. */
    int listen(String host, int port) throws IOException {
        server.setHost(host);
        server.setPort(port);
        server.start();
        return server.getPort();
    }

    /** What clients show of the host's key when they meet it. */
    String fingerprint() throws Exception {
        PublicKey key =
                server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic();
        return KeyUtils.getFingerPrint(key);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}

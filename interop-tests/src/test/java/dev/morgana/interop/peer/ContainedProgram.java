package dev.morgana.interop.peer;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/**
 * A peer's program in a container of its own, which sees the folder with the images, and has no privilege.
 *
 * @param image the image that holds it
 * @param command how it is started there
 */
record ContainedProgram(String image, List<String> command) implements Program {
    private static final int PIPE = 1 << 16;

    @Override
    public String place() {
        return ", in a container";
    }

    @Override
    @SuppressWarnings("resource") // the process stops the container
    public PeerProcess start(Path folder) throws IOException {
        GenericContainer<?> container = Engine.container(image, folder, folder.toString());
        container.start();
        try {
            return start(container);
        } catch (IOException | RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    private PeerProcess start(GenericContainer<?> container) throws IOException {
        DockerClient client = container.getDockerClient();
        String id = client.execCreateCmd(container.getContainerId())
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command.toArray(String[]::new))
                .exec()
                .getId();
        PipedOutputStream requests = new PipedOutputStream();
        Answers answers = new Answers();
        client.execStartCmd(id).withStdIn(new PipedInputStream(requests, PIPE)).exec(answers);
        return new PeerProcess(requests, answers.read, () -> {
            answers.close();
            container.stop();
        });
    }

    /** Hands on what the program writes, as it comes. */
    private static final class Answers extends ResultCallback.Adapter<Frame> {
        private final PipedInputStream read = new PipedInputStream(PIPE);
        private final PipedOutputStream written;

        Answers() throws IOException {
            written = new PipedOutputStream(read);
        }

        @Override
        public void onNext(Frame frame) {
            try {
                if (frame.getStreamType() == StreamType.STDERR) {
                    System.err.write(frame.getPayload());
                } else {
                    written.write(frame.getPayload());
                    written.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The program has ended: whoever waits for an answer learns of it. */
        @Override
        public void onComplete() {
            end();
            super.onComplete();
        }

        @Override
        public void onError(Throwable cause) {
            end();
            super.onError(cause);
        }

        private void end() {
            try {
                written.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

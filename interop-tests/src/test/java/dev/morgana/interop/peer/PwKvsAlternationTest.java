package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pigweed's pw_kvs is in no registry: a program that speaks the protocol can be named by property. */
@Tag("interop")
class PwKvsAlternationTest {
    private static final int STEPS = 200;
    private static final int SECTOR = 4096;

    private static final Setup SETUP = new Setup(
            "pw_kvs",
            "8 sectors of 4096",
            Map.of("sectorSize", SECTOR, "alignment", 16),
            List.of("sectorSize", "alignment"),
            8 * SECTOR,
            1,
            255);

    private static final Workload WORKLOAD = new FlatWorkload("value", FlatWorkload.names(10, 40, false), 300, 1);

    static List<Integer> seeds() {
        return LivePeer.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachReadsWhatTheOtherWrites(int seed, @TempDir Path folder) throws Exception {
        LivePeer.external("pw_kvs", OurFlatParticipant::new).alternate(SETUP, WORKLOAD, seed, STEPS, folder);
    }

    @Test
    void anExternalPeerIsAskedWhatTheProtocolSays(@TempDir Path folder) throws Exception {
        Path asked = folder.resolve("asked");
        Path script = Files.writeString(
                folder.resolve("peer"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' " + StandInPeer.class.getName() + " \"$1\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Program program = ExternalPeer.program("pw_kvs", script + "  " + asked);
        List<Path> images = SETUP.create(folder);
        try (PeerProcess process = program.start(folder)) {
            Participant peer = new PeerParticipant(process, SETUP, images);
            new Alternation(new OurFlatParticipant(SETUP.address(images)), peer, WORKLOAD, 1).run(20, 1);
        }
        assertThat(Files.readAllLines(asked))
                .anySatisfy(line -> assertThat(line).isEqualTo("{\"op\":\"hello\"}"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"op\":\"open\",\"images\":[")
                        .contains("\"sectorSize\":4096"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"op\":\"put\",\"key\":"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"op\":\"list\""));
    }
}

package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.littlefs.layout.ContentDigest;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the option for it, content that reads otherwise than it was written is found (littlefs page, section 21). */
class IntegrityTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 512, 96, ErasedState.ONES);
    private static final Options DIGESTS = Options.none().plus("digests", "true");
    private static final Key FILE = Key.of("d/file");

    private RamDevice device = RamDevice.erased(GEOMETRY);

    @BeforeEach
    void format() throws Exception {
        LittleFs.format(device, Options.none());
    }

    private interface Use {
        void of(KeyValueStore store) throws Exception;
    }

    private void with(Options options, Use use) throws Exception {
        try (KeyValueStore store = Stores.open(device, options)) {
            use.of(store);
        }
        device = RamDevice.of(GEOMETRY, device.image());
    }

    private static byte[] content(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<Finding> check(byte[] image) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = LittleFs.inspect(RamDevice.of(GEOMETRY, image), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    /** The bytes as the page draws them. */
    @Test
    void theAttributeIsAsItIsPublished() throws Exception {
        byte[] content = content(1300, 1);
        with(DIGESTS, store -> store.set(FILE, content));
        with(Options.none(), store -> {
            byte[] attribute = store.facet(UserAttributes.class)
                    .orElseThrow()
                    .get(FILE, 0xdc)
                    .orElseThrow();
            String hex = HexFormat.of().formatHex(attribute);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(hex).startsWith("0101").endsWith("14050000" + sha256).hasSize(84);
            assertThat(ContentDigest.decode(attribute).orElseThrow().file())
                    .extracting(CtzHead::size)
                    .isEqualTo(1300L);
        });
    }

    @Test
    void everyChangeKeepsItRight() throws Exception {
        with(DIGESTS, store -> {
            store.set(FILE, content(1300, 1));
            store.set(FILE, content(2000, 2));
            store.write(FILE, 700, ByteBuffer.wrap(content(90, 3)), BeyondEnd.REFUSE);
            store.set(Key.of("d/small"), content(20, 4));
            store.allocate(Key.of("zeros"), 1500);
            store.rename(FILE, Key.of("moved"), RenameMode.EXACT);
            store.set(Key.of("d"), content(900, 5), SetOption.REPLACE_DICTIONARY);
            FileHandles handles = store.facet(FileHandles.class).orElseThrow();
            try (FileHandle handle = handles.open(Key.of("moved"), Set.of(StandardOpenOption.WRITE))) {
                handle.position(1900).write(ByteBuffer.wrap(content(400, 6)));
            }
        });
        assertThat(check(device.image())).isEmpty();
        with(Options.none(), store -> {
            UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
            for (String key : List.of("moved", "zeros", "d")) {
                assertThat(attributes.types(Key.of(key))).as(key).containsExactly(0xdc);
            }
        });
    }

    @Test
    void everyFlippedBitOfAFileIsFound() throws Exception {
        byte[] content = content(1300, 7);
        with(DIGESTS, store -> store.set(FILE, content));
        byte[] image = device.image();
        int found = 0;
        for (int at = 0; at < image.length; at++) {
            int from = indexOf(content, image, at);
            if (from < 0) {
                continue;
            }
            byte[] rotten = image.clone();
            rotten[at] ^= 0x10;
            assertThat(check(rotten))
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .extracting(Finding::rule)
                    .contains("digest-mismatch");
            found++;
        }
        assertThat(found).isGreaterThan(100);
    }

    /** Whether eight bytes of the content stand here, looked at every eighth byte. */
    private static int indexOf(byte[] content, byte[] image, int at) {
        for (int i = 0; at % 8 == 0 && i + 8 <= content.length && at + 8 <= image.length; i++) {
            if (java.util.Arrays.equals(content, i, i + 8, image, at, at + 8)) {
                return i;
            }
        }
        return -1;
    }

    /** A repair cannot bring content back, says so, and leaves it. */
    @Test
    void rotIsBeyondRepair() throws Exception {
        byte[] content = content(1300, 8);
        with(DIGESTS, store -> store.set(FILE, content));
        byte[] rotten = device.image();
        for (int at = 0; at < rotten.length; at++) {
            if (indexOf(content, rotten, at) >= 0) {
                rotten[at] ^= 1;
                break;
            }
        }
        RamDevice medium = RamDevice.of(GEOMETRY, rotten);
        List<Repair.Action> actions = new ArrayList<>();
        try (Inspection inspection = LittleFs.inspect(medium, Options.none())) {
            assertThat(inspection.facet(Repair.class).orElseThrow().repair(false, actions::add))
                    .extracting(Finding::rule)
                    .containsExactly("digest-mismatch");
            assertThat(medium.image()).isEqualTo(rotten);
        }
        assertThat(actions).isEmpty();
    }

    /** As the C implementation leaves it, which does not know it. */
    @Test
    void anOutdatedDigestIsNoError() throws Exception {
        with(DIGESTS, store -> store.set(FILE, content(1300, 9)));
        with(Options.none(), store -> store.set(FILE, content(1300, 10)));
        assertThat(check(device.image()))
                .extracting(Finding::rule, Finding::severity)
                .containsExactly(org.assertj.core.api.Assertions.tuple("outdated-digest", Severity.INFO));
        with(DIGESTS, store -> store.set(FILE, content(1300, 11)));
        assertThat(check(device.image())).isEmpty();
    }

    @Test
    @Campaign
    void noPowerLossSeparatesItFromTheFile() throws Exception {
        PowerLossReport report = PowerLoss.of(new LittleFsProvider(), GEOMETRY)
                .withOptions(Options.none(), DIGESTS)
                .run(ModelScenario.of("every change, with digests", Changes.all())
                        .after(Changes.content()));
        assertThat(report.effective()).isGreaterThan(300);
    }
}

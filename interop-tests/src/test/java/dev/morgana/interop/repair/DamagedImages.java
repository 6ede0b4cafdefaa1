package dev.morgana.interop.repair;

import dev.morgana.interop.golden.GoldenImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Images that the C implementation has made, with damage. */
public final class DamagedImages {
    private static final List<String> NAMES =
            List.of("nested", "v20-many", "split-thinned", "sizes-b256", "wear-chain", "attrs", "dirty-device");

    private DamagedImages() {}

    /** A damaged image. */
    public record Damaged(String name, byte[] image, int blockSize) {}

    /** One image with one kind of damage; null if the chosen one has no place for it. */
    static @Nullable Damaged of(Damage damage, long seed) throws Exception {
        String name = NAMES.get(new Random(seed).nextInt(NAMES.size()));
        GoldenImages.Image image = GoldenImages.littlefs(name);
        Surgeon surgeon = new Surgeon(image.bytes().clone(), image.blockSize(), seed);
        return damage.apply(surgeon) ? new Damaged(name, surgeon.image, image.blockSize()) : null;
    }

    /** Images with each kind of damage. */
    public static List<Damaged> all(int ofEach) throws Exception {
        List<Damaged> all = new ArrayList<>();
        for (Damage damage : Damage.values()) {
            int found = 0;
            for (long seed = 0; found < ofEach; seed++) {
                Damaged image = of(damage, seed);
                if (image != null) {
                    all.add(new Damaged(damage + " " + seed + " of " + image.name(), image.image(), image.blockSize()));
                    found++;
                }
            }
        }
        return all;
    }
}

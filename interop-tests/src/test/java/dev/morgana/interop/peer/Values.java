package dev.morgana.interop.peer;

import java.util.Random;

/** Values of sizes where formats have their edges: nothing, little, anything, the most. */
final class Values {
    private Values() {}

    static byte[] next(Random random, int most) {
        byte[] value = new byte
                [switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> most;
                    case 2, 3 -> random.nextInt(Math.min(most, 32) + 1);
                    default -> random.nextInt(most + 1);
                }];
        random.nextBytes(value);
        return value;
    }
}

package dev.morgana.pwkvs.sector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which sector is written next and which is collected (section 12). The answers decide where every byte goes. */
final class SectorChoice {
    private final KvsState state;

    SectorChoice(KvsState state) {
        this.state = state;
    }

    /** The sectors in the order of every search: from the one behind the last fresh one, around to it. */
    List<Sector> inOrder(int after) {
        List<Sector> sectors = state.sectors();
        List<Sector> order = new ArrayList<>(sectors.size());
        for (int step = 1; step <= sectors.size(); step++) {
            order.add(sectors.get((after + step) % sectors.size()));
        }
        return order;
    }

    private List<Sector> candidates(Collection<Sector> avoid) {
        List<Sector> order = inOrder(state.lastNew);
        order.removeAll(avoid);
        return order;
    }

    /** For a new entry; null if there is no space, with one empty sector kept back. */
    @Nullable
    Sector forAppend(int size, Collection<Sector> avoid) {
        Sector fresh = null;
        int empty = 0;
        for (Sector sector : candidates(avoid)) {
            if (sector.isEmpty()) {
                fresh = fresh == null ? sector : fresh;
                empty++;
            } else if (sector.writable() >= size) {
                return sector;
            }
        }
        return empty >= 2 && fresh != null ? take(fresh) : null;
    }

    /** For an entry that is moved; null if there is no space. */
    @Nullable
    Sector forCollection(int size, Collection<Sector> avoid) {
        Sector fresh = null;
        Sector dirtiest = null;
        for (Sector sector : candidates(avoid)) {
            if (sector.isEmpty()) {
                fresh = fresh == null ? sector : fresh;
            } else if (sector.writable() >= size) {
                if (sector.recoverable() == 0) {
                    return sector;
                }
                if (dirtiest == null || sector.recoverable() > dirtiest.recoverable()) {
                    dirtiest = sector;
                }
            }
        }
        return fresh != null ? take(fresh) : dirtiest;
    }

    private Sector take(Sector fresh) {
        state.lastNew = fresh.index();
        return fresh;
    }

    /** The sector to collect; null if all are empty. */
    @Nullable
    Sector victim(Collection<Sector> avoid) {
        List<Sector> candidates = candidates(avoid);
        for (Sector sector : candidates) {
            if (sector.valid() == 0 && sector.recoverable() > 0) {
                return sector;
            }
        }
        Sector dirtiest = largest(candidates, Sector::recoverable);
        return dirtiest != null ? dirtiest : largest(candidates, Sector::valid);
    }

    private static @Nullable Sector largest(List<Sector> candidates, ToIntFunction<Sector> measure) {
        Sector largest = null;
        for (Sector sector : candidates) {
            int value = measure.applyAsInt(sector);
            if (value > 0 && (largest == null || value > measure.applyAsInt(largest))) {
                largest = sector;
            }
        }
        return largest;
    }
}

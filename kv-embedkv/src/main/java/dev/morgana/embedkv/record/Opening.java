package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which devices are replicas of one store and take part: those with a header of the geometry that most have, and
 * among them those of the highest epoch. The store opens as long as there is one.
 */
public final class Opening {
    private record Candidate(Member member, Replica replica) {}

    private final List<BlockDevice> devices;
    private final Settings settings;
    private final List<Member> members = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Replica, Scan> scans = new LinkedHashMap<>();
    private final List<Replica> torn = new ArrayList<>();
    private @Nullable StoreException failure;

    private Opening(List<BlockDevice> devices, Settings settings) {
        this.devices = devices;
        this.settings = settings;
    }

    /** Looks at devices without writing. */
    public static Opening of(List<BlockDevice> devices, Settings settings) throws StoreException {
        Opening opening = new Opening(devices, settings);
        opening.readHeaders();
        opening.dropOtherGeometries();
        opening.dropLowerEpochs();
        opening.scan();
        return opening;
    }

    private void readHeaders() throws StoreException {
        for (int position = 0; position < devices.size(); position++) {
            BlockDevice device = devices.get(position);
            try {
                Replica replica = read(position, device);
                Member member = Member.working(replica, device);
                members.add(member);
                candidates.add(new Candidate(member, replica));
            } catch (CorruptStoreException | UnsupportedFormatException | DeviceException e) {
                note(e);
                members.add(Member.broken(position, device, e));
            }
        }
        requireOne();
    }

    private Replica read(int position, BlockDevice device) throws StoreException {
        int size = settings.blockSize();
        if (size == 0) {
            size = announced(device);
        }
        if (device.geometry().sizeBytes() < size) {
            throw PeerError.INVALID_HEADER.on(new CorruptStoreException(
                    new dev.morgana.spi.error.Position(device.name(), 0, 0, "storage header"),
                    "at least one block of " + size + " bytes",
                    "a device of " + device.geometry().sizeBytes() + " bytes"));
        }
        Blocks first = DeviceShape.blocks(device, size, 1, settings.freePattern());
        Optional<StorageHeader> restored = Headers.readTorn(first);
        StorageHeader header = restored.isPresent() ? restored.get() : Headers.read(first);
        expectVersion(header);
        long there = device.geometry().sizeBytes() / size;
        boolean fits = header.blockSize() == size && header.blockCount() >= 1 && header.blockCount() <= there;
        if (!fits) {
            throw PeerError.INVALID_HEADER.on(new CorruptStoreException(
                    first.at(0, 0, "storage header"),
                    "at most " + there + " blocks of " + size + " bytes",
                    header.blockCount() + " blocks of " + header.blockSize() + " bytes"));
        }
        if (settings.blockCount() != 0 && header.blockCount() != settings.blockCount()) {
            throw new InvalidOptionException(
                    "blockCount", settings.blockCount() + ", but the header says " + header.blockCount());
        }
        Blocks blocks = DeviceShape.blocks(
                device, size, (int) Math.min(header.blockCount(), Integer.MAX_VALUE), settings.freePattern());
        Replica replica = new Replica(position, blocks, header);
        if (restored.isPresent()) {
            torn.add(replica);
        }
        return replica;
    }

    private static int announced(BlockDevice device) throws DeviceException {
        try {
            return DeviceShape.announcedBlockSize(device)
                    .orElse(device.geometry().blockSize());
        } catch (DeviceException e) {
            throw PeerError.IO.on(e);
        }
    }

    private void expectVersion(StorageHeader header) throws UnsupportedFormatException {
        if (settings.strictVersion() && header.versionMajor() != StorageHeader.VERSION_MAJOR) {
            throw new UnsupportedFormatException("embedkv " + header.version(), "embedkv 1.x");
        }
    }

    private void dropOtherGeometries() throws CorruptStoreException {
        Candidate reference = candidates.get(0);
        for (Candidate candidate : candidates) {
            if (like(candidate) > like(reference)) {
                reference = candidate;
            }
        }
        Blocks geometry = reference.replica().blocks();
        for (Candidate candidate : List.copyOf(candidates)) {
            if (!isLike(candidate, geometry)) {
                drop(
                        candidate,
                        Member.State.BROKEN,
                        Headers.mismatch(candidate.replica().blocks(), geometry));
            }
        }
    }

    private long like(Candidate one) {
        return candidates.stream()
                .filter(other -> isLike(other, one.replica().blocks()))
                .count();
    }

    private static boolean isLike(Candidate candidate, Blocks geometry) {
        Blocks own = candidate.replica().blocks();
        return own.size() == geometry.size() && own.count() == geometry.count();
    }

    private void dropLowerEpochs() {
        long highest = epoch();
        for (Candidate candidate : List.copyOf(candidates)) {
            long own = candidate.replica().header().epoch();
            if (own < highest) {
                candidates.remove(candidate);
                candidate
                        .member()
                        .leave(Member.State.STALE, "missed changes: its epoch is " + own + ", the others' " + highest);
            }
        }
    }

    private void scan() throws StoreException {
        for (Candidate candidate : List.copyOf(candidates)) {
            try {
                scans.put(candidate.replica(), Scan.of(candidate.replica().blocks(), settings.indexBytes()));
            } catch (DeviceException e) {
                note(e);
                candidates.remove(candidate);
                candidate.member().leaveUnread(e);
            }
        }
        requireOne();
    }

    private void drop(Candidate candidate, Member.State state, StoreException reason) {
        note(reason);
        candidates.remove(candidate);
        candidate.member().leave(state, String.valueOf(reason.getMessage()));
    }

    private void note(StoreException reason) {
        failure = HostFailure.foremost(failure, reason);
    }

    private void requireOne() throws StoreException {
        if (candidates.isEmpty() && failure != null) {
            throw failure;
        }
    }

    /** Every device, in the order given. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** Those whose block 0 is to be written again, since the power was lost while that was done. */
    List<Replica> torn() {
        return torn.stream().filter(scans::containsKey).toList();
    }

    /** What the replicas hold that take part, in their order. */
    Map<Replica, Scan> scans() {
        return scans;
    }

    /** The epoch of those that take part. */
    long epoch() {
        return candidates.stream()
                .mapToLong(candidate -> candidate.replica().header().epoch())
                .max()
                .orElse(0);
    }
}

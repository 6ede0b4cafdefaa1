package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What can be said of an encrypted store without its key: whether everything in it has the form of what the layer writes. */
final class UnkeyedCheck implements Check {
    private final Cells cells;
    private final Damage damage;

    /** A check of cells whose names are taken as they stand. */
    UnkeyedCheck(Cells cells, Damage damage) {
        this.cells = cells;
        this.damage = damage;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        Optional<byte[]> header = cells.get(OwnNames.header());
        if (header.flatMap(StoreHeader::decode).isEmpty()) {
            findings.accept(finding(
                    "encryption-header",
                    OwnNames.header(),
                    "the header of an encrypted store",
                    "a damaged or unknown one"));
        }
        checkValue(OwnNames.state(), findings);
        cells.visit(name -> checkValue(name, findings));
    }

    private void checkValue(byte[] name, Consumer<Finding> findings) throws StoreException {
        if (!isSealed(name)) {
            findings.accept(finding(
                    "unsealed-value", name, "a value that the encryption has written", "one that was written past it"));
        }
    }

    private boolean isSealed(byte[] name) throws StoreException {
        ByteBuffer header = ByteBuffer.allocate(ValueHeader.LENGTH);
        OptionalInt count = cells.read(name, 0, header);
        return count.isPresent()
                && !header.hasRemaining()
                && ValueHeader.decode(header.array()).isPresent()
                && Segments.size(cells.size(name).orElse(0)).isPresent();
    }

    private Finding finding(String rule, byte[] name, String expected, String found) {
        return SealedCheck.finding(rule, damage.at(name, 0, expected, found), Key.escape(name));
    }
}

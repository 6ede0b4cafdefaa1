package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.facet.WriteTransaction;
import java.util.NavigableMap;

/** Transactions: a reader keeps the records it began with; a writer has its turn from its beginning to its end. */
final class FlatTransactions implements Transactions {
    private final Persistent<NavigableMap<byte[], byte[]>> content;

    FlatTransactions(Persistent<NavigableMap<byte[], byte[]>> content) {
        this.content = content;
    }

    @Override
    public ReadTransaction read() {
        return new FlatReadTransaction(content, content.content());
    }

    @Override
    public WriteTransaction write() throws StoreException {
        return new FlatWriteTransaction(content, content.begin("write transaction"));
    }
}

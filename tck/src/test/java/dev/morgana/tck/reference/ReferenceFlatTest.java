package dev.morgana.tck.reference;

import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;

class ReferenceFlatTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new ReferenceFixture(new ReferenceFlatProvider());
    }
}

package dev.morgana.tck.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole contract of stores in one class, for backends that do not need to extend its parts one by one: a subclass
 * supplies the {@link StoreFixture}, and every test runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreTck {
    /** For subclasses. */
    protected StoreTck() {}

    /**
     * The store to be tested.
     *
     * @return a fixture, the same or an equal one each time
     */
    protected abstract StoreFixture fixture();

    @Nested
    class Keys extends KeyTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Reading extends ReadTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Writing extends WriteTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Renaming extends RenameTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Durability extends DurabilityTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class ReadErrors extends ReadErrorTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Limits extends LimitsTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Facets extends FacetTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Files extends FileTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class FlatKeys extends FlatStoreTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }

    @Nested
    class Provider extends ProviderTck {
        @Override
        protected StoreFixture fixture() {
            return StoreTck.this.fixture();
        }
    }
}

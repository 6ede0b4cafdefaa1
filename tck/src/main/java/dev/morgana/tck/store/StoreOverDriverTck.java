package dev.morgana.tck.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What of the contract of stores touches the driver below: reading, writing, renaming, facets, file handles, raw keys and the
 * provider. Power cuts and damage are played in plain memory whatever the driver, so that the rest is left to the
 * {@linkplain TestSize#NIGHTLY night}. The driver is that of the fixture's {@link StoreFixture#media()}.
 */
@Campaign
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreOverDriverTck {
    /** For subclasses. */
    protected StoreOverDriverTck() {}

    /**
     * The store to be tested.
     *
     * @return a fixture, the same or an equal one each time
     */
    protected abstract StoreFixture fixture();

    @Nested
    class Reading extends ReadTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class Writing extends WriteTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class Renaming extends RenameTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class Facets extends FacetTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class Files extends FileTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class FlatKeys extends FlatStoreTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    class Provider extends ProviderTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class Keys extends KeyTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class Durability extends DurabilityTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class Limits extends LimitsTck {
        @Override
        protected StoreFixture fixture() {
            return StoreOverDriverTck.this.fixture();
        }
    }
}

package stranger;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stranger's layers, which only tell that they were used. */
public final class ToyLayers {
    public static final List<String> WRAPPED = new ArrayList<>();

    private ToyLayers() {}

    /** A device layer that an option asks for. */
    public static final class Window implements BlockLayerProvider {
        public static final Option<Long> OFFSET = Option.size("offset");

        @Override
        public String layer() {
            return "window";
        }

        @Override
        public String description() {
            return "tells its offset";
        }

        @Override
        public List<Option<?>> options() {
            return List.of(OFFSET);
        }

        @Override
        public boolean isImpliedBy(Options options) {
            return options.has(OFFSET);
        }

        @Override
        public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
            if (options.get(OFFSET) > inner.geometry().sizeBytes()) {
                throw new InvalidOptionException("offset", "is behind the device");
            }
            WRAPPED.add("window " + options.get(OFFSET));
            return inner;
        }
    }

    /** A device layer that is named. */
    public static final class Loud implements BlockLayerProvider {
        @Override
        public String layer() {
            return "loud";
        }

        @Override
        public String description() {
            return "tells that it is there";
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public BlockDevice wrap(BlockDevice inner, Options options) {
            WRAPPED.add("loud");
            return inner;
        }
    }

    /** A store layer that leaves a mark in the store at its creation. */
    public static final class Upper implements StoreLayerProvider {
        @Override
        public String layer() {
            return "upper";
        }

        @Override
        public String description() {
            return "leaves a mark";
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public void initialize(Store inner, Options options) throws StoreException {
            ((FlatStore) inner).put("mark".getBytes(StandardCharsets.UTF_8), new byte[] {1});
        }

        @Override
        public Store wrap(Store inner, Options options) {
            WRAPPED.add("upper");
            return inner;
        }
    }
}

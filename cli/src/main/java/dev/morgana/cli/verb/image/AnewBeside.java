package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.StoreSink;
import dev.morgana.cli.exchange.StoreSource;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image in a file that is made anew, beside the old one and in its shape, so that nothing of the old one's past is in it. When
 * it is whole, it takes the place of the old one at once.
 *
 * @param session the run of the verb
 * @param address of the image, with its format and every option that its shape needs
 * @param file the image
 */
record AnewBeside(Session session, StoreAddress address, Path file) {
    /**
     * Of an image that is a file of its own, from its first byte to its last; empty if it is another medium, or a part of one, or a
     * file with several names, of which one alone would get the new image, or if it has attributes, which the layer does not carry.
     */
    static Optional<AnewBeside> of(Session session, StoreAddress address) throws IOException {
        boolean whole = address.driver().orElse("file").equals("file")
                && address.deviceLayers().isEmpty()
                && !address.storeLayers().isEmpty()
                && !address.options().has(CommonOptions.REPLICA)
                && address.options().asText().keySet().stream()
                        .noneMatch(option -> option.equals("offset") || option.equals("length"));
        if (!whole) {
            return Optional.empty();
        }
        Path file;
        try {
            file = Path.of(address.part()).toRealPath();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // opening it says what is wrong
        }
        Optional<Identification> found = session.morgana().at(address).identify().stream()
                .filter(one ->
                        address.format().isEmpty() || address.format().get().equals(one.format()))
                .findFirst();
        if (found.isEmpty()
                || found.get().geometry().sizeBytes() != Files.size(file)
                || hasSeveralNames(file)
                || hasAttributes(session, address)) {
            return Optional.empty();
        }
        // what is only likely would make another shape, and that is found when it is made
        Options told =
                found.get().confidence() == Confidence.CERTAIN ? found.get().options() : Options.none();
        StoreAddress shaped = address.withPart(file.toString())
                .withFormat(found.get().format())
                .withOnly(address.options().orElse(told));
        return Optional.of(new AnewBeside(session, shaped, file));
    }

    private static boolean hasSeveralNames(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(file, "unix:nlink")) > 1;
    }

    private static boolean hasAttributes(Session session, StoreAddress address) throws IOException {
        try (Store bare =
                session.morgana().at(session.withoutLayers(address)).readOnly().openStore()) {
            return bare instanceof KeyValueStore tree
                    && tree.facet(UserAttributes.class).isPresent()
                    && hasAttributes(tree, tree.facet(UserAttributes.class).get(), Key.ROOT);
        }
    }

    private static boolean hasAttributes(KeyValueStore tree, UserAttributes attributes, Key key) throws IOException {
        if (!attributes.types(key).isEmpty()) {
            return true;
        }
        if (tree.kind(key).equals(Optional.of(Kind.DICTIONARY))) {
            try (Stream<Entry> entries = tree.list(key)) {
                for (Entry entry : entries.toList()) {
                    if (hasAttributes(tree, attributes, entry.key())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Makes it, and reads it back.
     *
     * @param old the image as it is, opened and locked
     * @param settings of its outermost layer, but for the key
     * @param key the options that name the new key; they count before the settings
     * @return how many values it has
     */
    long make(Store old, Options settings, Options key) throws Exception {
        Options size = Options.none().plus("size", Long.toString(Files.size(file)));
        StoreAddress target = session.withClock(
                address.withOnly(key.orElse(settings).orElse(size).orElse(withoutThoseOfTheLayer())));
        NewImage image = new NewImage(session.morgana(), target, true, true);
        NewImage.Made made = image.attempt(store -> {
            requireSameShape(old.info(), store.info());
            StoreSource.between(old, store).sendTo(StoreSink.into(store, true));
            StoreSource.between(old, store).sendTo(new VerifyingSink(store));
        });
        return made.content().values();
    }

    private Options withoutThoseOfTheLayer() {
        String outermost = address.storeLayers().get(0);
        return session.morgana().storeLayers().stream()
                .filter(layer -> layer.layer().equals(outermost))
                .findFirst()
                .map(layer -> Session.withoutThoseOf(layer, address.options()))
                .orElseThrow();
    }

    /** Firmware must find what it found before. */
    private static void requireSameShape(StoreInfo old, StoreInfo made) throws UsageException {
        boolean same = old.format().equals(made.format())
                && old.version().equals(made.version())
                && old.geometry().blockSize() == made.geometry().blockSize()
                && old.geometry().blockCount() == made.geometry().blockCount()
                && old.limits().equals(made.limits());
        if (!same) {
            throw new UsageException("the image cannot be made anew in its own shape: it is " + shape(old)
                    + ", and would be " + shape(made) + "; name the options that it was made with in its address");
        }
    }

    private static String shape(StoreInfo info) {
        return (info.format() + " " + info.version()).strip() + ", "
                + info.geometry().blockCount() + " blocks of " + info.geometry().blockSize() + ", " + info.limits();
    }
}

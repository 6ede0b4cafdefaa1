package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.CountingSink;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.Progress;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.store.Store;

/**
 * Makes an image in the size that the command line asks for.
 *
 * @param session the run of the verb
 * @param options of the new image
 * @param quiet whether no progress is shown
 * @param keep whether the image stays; else it is made and thrown away
 */
record ImageMaker(Session session, ImageOptions options, boolean quiet, boolean keep) {
    /** Fills a new store, and counts what goes in. It may be called again, with a larger store. */
    @FunctionalInterface
    interface Filling {
        void fill(Store store, Progress progress) throws Exception;
    }

    /**
     * Makes the image.
     *
     * @param image its name
     * @param address where, with a format and its options
     * @param content how many bytes will go in, about
     */
    MadeImage make(String image, StoreAddress address, long content, Filling filling) throws Exception {
        NewImage target = new NewImage(session.morgana(), address, options.isForced(), keep);
        NewImage.Made made;
        try (Progress progress = new Progress(session.console(), quiet, content, new CountingSink())) {
            NewImage.Filling counted = store -> filling.fill(store, progress);
            made = target.hasSize() && !options.isFit()
                    ? target.make(counted)
                    : target.makeSmallest(content, options.isFit(), counted);
        }
        return new MadeImage(image, made, ImageUse.of(session.morgana(), address, made.info(), keep));
    }
}

package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Survey;
import dev.morgana.spi.error.StoreException;

/** Looks at the devices anew. */
interface Surveyor {
    Survey survey() throws StoreException;
}

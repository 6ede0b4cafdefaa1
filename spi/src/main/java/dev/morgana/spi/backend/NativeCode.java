package dev.morgana.spi.backend;

import dev.morgana.spi.error.StoreException;

/** A reference implementation's own name of an error, for {@link StoreException#nativeCode()}; backends list them in an enum. */
public interface NativeCode {
    /**
     * The name.
     *
     * @return as the reference implementation spells it
     */
    String code();

    /**
     * Names an exception, at the place that throws it.
     *
     * @param <E> its class
     * @param exception gets the name
     * @return the same exception
     */
    default <E extends StoreException> E on(E exception) {
        exception.withNativeCode(code());
        return exception;
    }
}

package dev.morgana.tck.store;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a {@link StoreContract} that is run on variants of the store, and takes a {@link Bench} for the one it is run on.
 * When it has passed, the store must survive a crash unchanged, and its check must find nothing wrong.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(VariantContexts.class)
public @interface StoreTest {
    /** Which variants a test is run on. */
    enum On {
        /** All of them; in the {@linkplain TestSize#SHORT short} size the first and the smallest. */
        EVERY,
        /** The one with the smallest devices; for tests that fill the store, or look at each byte. */
        SMALLEST,
        /** The one with room for most entries. */
        ROOMIEST
    }

    /**
     * Which variants the test is run on.
     *
     * @return every one if not given
     */
    On value() default On.EVERY;
}

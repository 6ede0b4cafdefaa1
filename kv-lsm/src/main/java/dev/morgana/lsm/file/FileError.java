package dev.morgana.lsm.file;

import dev.morgana.spi.backend.NativeCode;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;

/** The reference implementation's names of errors (ekv-fs page, section 7), for {@link StoreException#nativeCode()}. */
public enum FileError implements NativeCode {
    /** A path beyond the limit that was chosen. */
    PATH_TOO_LONG("PathTooLong"),
    /** A key beyond the reference implementation's buffer. */
    KEY_TOO_LONG("KeyTooLong"),
    /** There is no such file. */
    NOT_FOUND("NotFound"),
    /** Metadata that is no metadata. */
    SERIALIZE("Serialize"),
    /** Whatever the database answers, or a chunk that is not as it should be. */
    DATABASE("Database");

    private final String code;

    FileError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    /** Gives an error of the database its name as an error of files; the reference implementation has one for all of them. */
    public static <E extends StoreException> E translated(E exception) {
        boolean named = exception
                .nativeCode()
                .filter(name -> Arrays.stream(values()).anyMatch(error -> error.code.equals(name)))
                .isPresent();
        return named ? exception : DATABASE.on(exception);
    }
}

package dev.morgana.spi.error;

/** The store was opened for reading only. Nothing was written. */
public final class ReadOnlyStoreException extends StoreException {
    private final String operation;

    /**
     * Creates the error.
     *
     * @param operation the operation that was refused
     */
    public ReadOnlyStoreException(String operation) {
        super(Failure.READ_ONLY_STORE, "store is read-only: " + operation + " refused", null);
        this.operation = operation;
    }

    /**
     * The operation that was refused.
     *
     * @return its name
     */
    public String operation() {
        return operation;
    }
}

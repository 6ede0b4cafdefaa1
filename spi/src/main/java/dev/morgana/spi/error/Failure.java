package dev.morgana.spi.error;

/** The cause of a {@link StoreException}, one constant per class of the sealed hierarchy, for callers that switch. */
public enum Failure {
    /** {@link NoSuchKeyException}. */
    NO_SUCH_KEY,
    /** {@link DictionaryExpectedException}. */
    DICTIONARY_EXPECTED,
    /** {@link ValueExpectedException}. */
    VALUE_EXPECTED,
    /** {@link KeyExistsException}. */
    KEY_EXISTS,
    /** {@link NoSpaceException}. */
    NO_SPACE,
    /** {@link RenameIntoSelfException}. */
    RENAME_INTO_SELF,
    /** {@link LimitExceededException}. */
    LIMIT_EXCEEDED,
    /** {@link CorruptStoreException}. */
    CORRUPT_STORE,
    /** {@link UnsupportedFormatException}. */
    UNSUPPORTED_FORMAT,
    /** {@link UnrecognizedImageException}. */
    UNRECOGNIZED_IMAGE,
    /** {@link ReadOnlyStoreException}. */
    READ_ONLY_STORE,
    /** {@link CallerStreamException}. */
    CALLER_STREAM,
    /** {@link InvalidRequestException}. */
    INVALID_REQUEST,
    /** {@link InvalidOptionException}. */
    INVALID_OPTION,
    /** {@link WrongKeyException}. */
    WRONG_KEY,
    /** {@link InvalidAddressException}. */
    INVALID_ADDRESS,
    /** {@link UnknownProviderException}. */
    UNKNOWN_PROVIDER,
    /** {@link DeviceClosedException}. */
    DEVICE_CLOSED,
    /** {@link DeviceReadOnlyException}. */
    DEVICE_READ_ONLY,
    /** {@link DeviceLockedException}. */
    DEVICE_LOCKED,
    /** {@link BadBlockException}. */
    BAD_BLOCK,
    /** {@link DeviceIoException}. */
    DEVICE_IO
}

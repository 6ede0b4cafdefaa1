package dev.morgana.spi.error;

/** An address of a store or device that does not follow the grammar of {@link dev.morgana.spi.StoreAddress}. */
public final class InvalidAddressException extends RequestException {
    private final String address;

    /**
     * Creates the error.
     *
     * @param address the address as given
     * @param reason what is wrong with it, and what would be right
     */
    public InvalidAddressException(String address, String reason) {
        super(Failure.INVALID_ADDRESS, "address " + address + ": " + reason, null);
        this.address = address;
    }

    /**
     * The address.
     *
     * @return the text as given
     */
    public String address() {
        return address;
    }
}

package dev.morgana.spi.block;

import java.util.OptionalInt;

/** What the bytes of a block read as after an erase. */
public enum ErasedState {
    /** Every bit is one, as on NOR and NAND flash: bytes read {@code 0xff}. */
    ONES(0xff),
    /** Every bit is zero, as on some EEPROM parts and after a discard: bytes read {@code 0x00}. */
    ZEROS(0x00),
    /** Unspecified but stable: usually what stood there before, as on block devices without a real erase. */
    UNDEFINED(-1);

    private final int value;

    ErasedState(int value) {
        this.value = value;
    }

    /**
     * The byte that erased blocks consist of.
     *
     * @return 0x00 to 0xff, or empty if unspecified
     */
    public OptionalInt byteValue() {
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}

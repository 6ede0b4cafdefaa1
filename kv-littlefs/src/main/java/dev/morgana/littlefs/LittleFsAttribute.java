package dev.morgana.littlefs;

import dev.morgana.littlefs.file.OpenAttribute;
import dev.morgana.littlefs.log.AttributeChange;

/**
 * A user attribute that goes with an open file (littlefs page, section 12.9): filled with what is stored when the file is
 * opened for reading, and written with the content, in the same atomic step, whenever a file that is open for writing is
 * synced. For one thread at a time.
 */
public final class LittleFsAttribute {
    private final OpenAttribute attribute;

    /**
     * An attribute with a buffer.
     *
     * @param type its number, from 0 to 255
     * @param value the bytes; when the file is opened for reading, a stored value is cut or filled up with zeros to this
     *     length, and a missing one leaves them as they are
     * @throws IllegalArgumentException if the type is out of range
     */
    public LittleFsAttribute(int type, byte[] value) {
        this.attribute = new OpenAttribute(AttributeChange.checkType(type), value.clone());
    }

    OpenAttribute attribute() {
        return attribute;
    }

    /**
     * The number.
     *
     * @return from 0 to 255
     */
    public int type() {
        return attribute.type();
    }

    /**
     * The bytes now.
     *
     * @return a copy
     */
    public byte[] value() {
        return attribute.buffer().clone();
    }

    /**
     * Other bytes for the next sync.
     *
     * @param value the bytes, of any length that attributes may have
     */
    public void set(byte[] value) {
        attribute.replace(value.clone());
    }
}

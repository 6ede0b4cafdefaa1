package dev.morgana.littlefs.layout;

/** What an entry holds (section 6.1, types {@code 0x2xx}). */
public sealed interface EntryStruct {
    /** The bytes on the medium. */
    byte[] encode();

    /** The eleven bits of the tag's type. */
    int type();

    /** Where a directory's first pair is. */
    record Directory(BlockPair pair) implements EntryStruct {
        @Override
        public byte[] encode() {
            return pair.encode();
        }

        @Override
        public int type() {
            return TagType.DIRECTORY_STRUCT.code();
        }
    }

    /** The content itself; nobody may change the array. */
    record Inline(byte[] content) implements EntryStruct {
        @Override
        public byte[] encode() {
            return content;
        }

        @Override
        public int type() {
            return TagType.INLINE_STRUCT.code();
        }
    }

    /** A file in blocks of its own. */
    record Ctz(CtzHead head) implements EntryStruct {
        @Override
        public byte[] encode() {
            return head.encode();
        }

        @Override
        public int type() {
            return TagType.CTZ_STRUCT.code();
        }
    }

    /** A type that is not assigned, or a wrong length; kept so that rewriting loses nothing. */
    record Unknown(int type, byte[] data) implements EntryStruct {
        @Override
        public byte[] encode() {
            return data;
        }
    }

    /** Decodes the data of a struct tag. The array is taken over. */
    static EntryStruct decode(Tag tag, byte[] data) {
        assert tag.tagClass() == TagClass.STRUCT : tag;
        if (tag.is(TagType.INLINE_STRUCT)) {
            return new Inline(data);
        }
        if (tag.is(TagType.DIRECTORY_STRUCT) && data.length == BlockPair.BYTES) {
            return new Directory(BlockPair.decode(data));
        }
        if (tag.is(TagType.CTZ_STRUCT) && data.length == CtzHead.BYTES) {
            return new Ctz(CtzHead.decode(data));
        }
        return new Unknown(tag.type(), data);
    }
}

package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTest {
    /** Stored word, tag before it, decoded word: littlefs page, sections 4.8 and 14. */
    @ParameterizedTest
    @CsvSource({
        "f00ffff7, ffffffff, 0ff00008",
        "2fe00010, 0ff00008, 20100018",
        "7feffc10, 20100018, 5ffffc08",
        "0ff0000c, 5ffffc08, 500ffc04",
        "ffffffff, 500ffc04, aff003fb",
        "101ff804, 500ffc04, 40100400",
        "40000009, 40100400, 00100409",
        "674ff809, 500ffc0c, 37400405",
        "1ffff80d, 500ffc0d, 4ff00400",
        "400ffc11, 20100019, 601ffc08",
        "5feffc18, 20100014, 7ffffc0c",
    })
    void decodesAndEncodesTheExamples(String stored, String previous, String decoded) {
        int before = Integer.parseUnsignedInt(previous, 16);
        Tag tag = Tag.decode(Integer.parseUnsignedInt(stored, 16), before);

        assertThat(Integer.toHexString(tag.word())).isEqualTo(decoded.replaceFirst("^0+", ""));
        assertThat(Integer.toHexString(tag.encode(before))).isEqualTo(stored.replaceFirst("^0+", ""));
    }

    @Test
    void takesThePartsApart() {
        Tag tag = new Tag(0x37400405);

        assertThat(tag.isValid()).isTrue();
        assertThat(tag.tagClass()).isEqualTo(TagClass.ATTRIBUTE);
        assertThat(tag.type()).isEqualTo(0x374);
        assertThat(tag.chunk()).isEqualTo(0x74);
        assertThat(tag.id()).isEqualTo(1);
        assertThat(tag.dataLength()).isEqualTo(5);
        assertThat(tag.totalLength()).isEqualTo(9);
        assertThat(Tag.of(0x374, 1, 5)).isEqualTo(tag);
    }

    /** Semantics page, 2.7, row "Tag". */
    @Test
    void readsAnInvalidTagAsWell() {
        Tag tag = Tag.decode(0xffffffef, 0);

        assertThat(tag.isValid()).isFalse();
        assertThat(tag.tagClass()).isEqualTo(TagClass.GLOBAL);
        assertThat(tag.chunk()).isEqualTo(0xff);
        assertThat(tag.id()).isEqualTo(Tag.NO_ID);
        assertThat(tag.dataLength()).isEqualTo(0x3ef);
    }

    @Test
    void aDeletionHasNoData() {
        Tag tag = Tag.of(0x374, 1, Tag.DELETED);

        assertThat(tag.isDeletion()).isTrue();
        assertThat(tag.totalLength()).isEqualTo(Tag.BYTES);
    }

    @Nested
    class AtTheEndOfACommit {
        @Test
        void allTypesFrom500To57fEndOne() {
            assertThat(Tag.of(0x500, Tag.NO_ID, 4).isCommit()).isTrue();
            assertThat(Tag.of(0x501, Tag.NO_ID, 4).isCommit()).isTrue();
            assertThat(Tag.of(0x57f, Tag.NO_ID, 4).isCommit()).isTrue();
            assertThat(Tag.of(0x580, Tag.NO_ID, 4).isCommit()).isFalse();
        }

        @Test
        void theForwardCrcEndsNone() {
            assertThat(Tag.of(TagType.FORWARD_CRC, Tag.NO_ID, 8).isCommit()).isFalse();
        }

        /** Section 14.6: behind a commit of phase 1 the chain goes on with bit 31 set. */
        @Test
        void thePhaseChangesTheChain() {
            assertThat(new Tag(0x501ffc09).nextPrevious()).isEqualTo(0xd01ffc09);
            assertThat(new Tag(0x500ffc04).nextPrevious()).isEqualTo(0x500ffc04);
            assertThat(Tag.decode(0xf00ff835, 0xd01ffc09)).isEqualTo(new Tag(0x2010043c & 0x7fffffff));
        }
    }

    @Nested
    class Codes {
        /** They are on the medium: littlefs page, section 6.1. */
        @ParameterizedTest
        @CsvSource({
            "FILE_NAME, 0x001",
            "DIRECTORY_NAME, 0x002",
            "SUPERBLOCK_NAME, 0x0ff",
            "DIRECTORY_STRUCT, 0x200",
            "INLINE_STRUCT, 0x201",
            "CTZ_STRUCT, 0x202",
            "CREATE, 0x401",
            "DELETE, 0x4ff",
            "COMMIT_CRC, 0x500",
            "FORWARD_CRC, 0x5ff",
            "SOFT_TAIL, 0x600",
            "HARD_TAIL, 0x601",
            "MOVE_STATE, 0x7ff",
        })
        void ofTypesStay(TagType type, String code) {
            assertThat(type.code()).isEqualTo(Integer.decode(code));
            assertThat(TagType.of(type.code())).isEqualTo(type);
        }

        @Test
        void ofClassesStay() {
            assertThat(TagClass.values()).extracting(TagClass::code).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(TagClass.values())
                    .containsExactly(
                            TagClass.NAME,
                            TagClass.INTERNAL,
                            TagClass.STRUCT,
                            TagClass.ATTRIBUTE,
                            TagClass.SPLICE,
                            TagClass.CRC,
                            TagClass.TAIL,
                            TagClass.GLOBAL);
        }
    }
}

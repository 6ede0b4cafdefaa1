package dev.morgana.lsm.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of the ekv page, byte for byte (sections 3, 8, 9, 22 and 26). */
class WorkedExamplesTest {
    private static final Shape P4096 = new Shape(4096, 256, 4, (byte) 0xff, true, 64, 1024, 2, 4096, 4);
    private static final Shape P128 = new Shape(128, 60, 4, (byte) 0xff, true, 16, 64, 2, 4096, 0);
    private static final Shape A2 = new Shape(256, 128, 2, (byte) 0, false, 8, 1000, 4, 4096, 4);
    private static final Shape A8 = new Shape(4096, 64, 8, (byte) 0xff, true, 64, 1024, 2, 4096, 4);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("[ |]", ""));
    }

    private static byte[] padded(byte[] bytes, Shape shape) {
        byte[] page = new byte[shape.pageSize()];
        Arrays.fill(page, shape.eraseValue());
        System.arraycopy(bytes, 0, page, 0, bytes.length);
        return page;
    }

    @Nested
    class Numbers {
        @Test
        void followFromTheOptions() {
            assertThat(P4096.pageHeaderBytes()).isEqualTo(12);
            assertThat(P4096.skipLength()).isEqualTo(6);
            assertThat(P4096.dataHeaderBytes()).isEqualTo(20);
            assertThat(P4096.maxChunk()).isEqualTo(4076);
            assertThat(P4096.payload()).isEqualTo(4056);
            assertThat(P4096.skipShift()).isEqualTo(12);
            assertThat(P4096.levels()).isEqualTo(8);
            assertThat(P4096.files()).isEqualTo(17);
            assertThat(P4096.recordHeaderBytes()).isEqualTo(3);
            assertThat(P4096.minFreePages()).isEqualTo(9);
        }

        @Test
        void followForSmallPages() {
            assertThat(P128.dataHeaderBytes()).isEqualTo(12);
            assertThat(P128.maxChunk()).isEqualTo(108);
            assertThat(P128.payload()).isEqualTo(96);
            assertThat(P128.skipShift()).isEqualTo(7);
            assertThat(P128.files()).isEqualTo(11);
        }

        @Test
        void refuseWhatThePeerRefuses() {
            assertThat(P4096.fault()).isEmpty();
            assertThat(P128.fault()).isEmpty();
            assertThat(new Shape(128, 64, 4, (byte) 0xff, true, 16, 64, 2, 4096, 0).fault())
                    .get()
                    .extracting(Shape.Fault::option)
                    .isEqualTo("maxPageCount");
            assertThat(new Shape(4096, 256, 3, (byte) 0xff, true, 64, 1024, 2, 4096, 4).fault())
                    .isPresent();
        }
    }

    @Nested
    class OneKey {
        @Test
        void theMetaPageIsAsThePeerWritesIt() {
            byte[] page = hex("debc811d 0d000000 3eaa14c8 0e000000 01000000");
            assertThat(new PageHeader.Meta(14, 1).encode(P4096, 13)).isEqualTo(page);
            assertThat(PageHeader.decode(P4096, padded(page, P4096), 13)).contains(new PageHeader.Meta(14, 1));
            assertThat(PageHeader.decode(P4096, padded(page, P4096), 12)).isEmpty();
            byte[] entry = new byte[8];
            new MetaEntry(15, 0, 0, 0).encode(entry, 0);
            assertThat(Chunks.encode(P4096, entry, 0, 8)).isEqualTo(hex("c5590800 c5cd02bc 0f00000000000000"));
        }

        @Test
        void theDataPageIsRead() {
            byte[] page = padded(
                    hex("5df3cb7f 00000000 21366602 00000000 ffffffffffffffffffffffff 0000 0000"
                            + "c5590d00 631a0bbb 850200 68656c6c6f afe74d4c07 020068"),
                    P4096);
            assertThat(PageHeader.decode(P4096, page, 0)).get().satisfies(header -> {
                PageHeader.Data data = (PageHeader.Data) header;
                assertThat(data.start()).isZero();
                assertThat(data.boundary()).isZero();
                assertThat(data.skipList().entries()).containsOnly(SkipList.NONE);
            });
            Chunks chunks = Chunks.decode(P4096, page, P4096.dataStart());
            assertThat(chunks.payload(page)).isEqualTo(hex("850200 68656c6c6f afe74d4c07"));
            assertThat(chunks.rest()).isEqualTo(Chunks.Rest.ERASED);
            assertThat(RecordHeader.decode(P4096, hex("850200"))).isEqualTo(new RecordHeader(5, 5, false));
        }

        @Test
        void theSameWithoutChecksums() {
            byte[] header = new PageHeader.Data(0, SkipList.first(A2), 0).encode(A2, 55);
            assertThat(header).isEqualTo(hex("5df3cb7f 37000000 00000000 ffffffffffffffffffff 0000"));
            byte[] record = hex("5500 68656c6c6f 9f2259a00b");
            assertThat(Chunks.encode(A2, record, 0, 12)).isEqualTo(hex("c5590c00 5500 68656c6c6f 9f2259a00b"));
            assertThat(new RecordHeader(5, 5, false).encode(A2)).isEqualTo(hex("5500"));
        }
    }

    @Nested
    class LargerAlignment {
        @Test
        void headersArePadded() {
            assertThat(new PageHeader.Meta(32, 1).encode(A8, 0))
                    .isEqualTo(hex("debc811d 00000000 5adae824 ffffffff 20000000 01000000"));
            assertThat(new PageHeader.Data(0, SkipList.first(A8), 0).encode(A8, 1))
                    .isEqualTo(hex("5df3cb7f 01000000 ac406a4c ffffffff 00000000 ffffffffffffffff 0000 ffff"));
        }

        @Test
        void chunksArePaddedToWholeUnits() {
            byte[] record = hex("850200 68656c6c6f 776f726c64");
            byte[] chunk = Chunks.encode(A8, record, 0, record.length);
            assertThat(chunk).hasSize(24).startsWith(hex("c5590d00 c2066b44 850200 68656c6c6f 776f726c64"));
        }
    }

    @Nested
    class SeveralPages {
        @Test
        void theSkipListsLeadAsThePeersDo() {
            SkipList page15 = new SkipList(new int[] {14, 13, 11});
            SkipList page16 = page15.after(P128, 15, 384, 480);
            SkipList page17 = page16.after(P128, 16, 480, 576);
            assertThat(page16.entries()).containsExactly(15, 13, 11);
            assertThat(page17.entries()).containsExactly(16, 16, 16);
            SkipList page19 = page17.after(P128, 17, 576, 672).after(P128, 18, 672, 768);
            assertThat(page19.entries()).containsExactly(18, 16, 16);
        }

        @Test
        void aPageFromTheMiddleIsRead() {
            byte[] page = hex("5df3cb7f 0c000000 6180c4d2 60000000 0b000b000b00 1300");
            assertThat(PageHeader.decode(P128, padded(page, P128), 12)).get().satisfies(header -> {
                PageHeader.Data data = (PageHeader.Data) header;
                assertThat(data.start()).isEqualTo(96);
                assertThat(data.boundary()).isEqualTo(19);
                assertThat(data.skipList().entries()).containsExactly(11, 11, 11);
            });
        }

        @Test
        void tombstonesAreRead() {
            assertThat(RecordHeader.decode(P128, hex("0810"))).isEqualTo(new RecordHeader(8, 0, true));
            assertThat(new RecordHeader(8, 0, true).encode(P128)).isEqualTo(hex("0810"));
        }
    }

    @Nested
    class WhatPowerCutsLeave {
        @Test
        void aTornChunkHeaderCountsAsNotWritten() {
            byte[] page = padded(hex("c5590800 ffffffff 0a00220000000000"), P128);
            Chunks chunks = Chunks.decode(P128, page, 0);
            assertThat(chunks.spans()).isEmpty();
            assertThat(chunks.defect()).isEmpty();
            assertThat(chunks.rest()).isEqualTo(Chunks.Rest.LEFTOVER);
        }

        @Test
        void aWrongChecksumIsDamage() {
            byte[] page = padded(hex("c5590800 11223344 0a00220000000000"), P128);
            assertThat(Chunks.decode(P128, page, 0).defect()).isPresent();
        }
    }
}

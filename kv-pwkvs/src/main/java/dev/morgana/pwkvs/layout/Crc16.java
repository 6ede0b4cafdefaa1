package dev.morgana.pwkvs.layout;

/** CRC-16 with the polynomial 0x1021, start 0xffff, nothing reflected, no final xor (section 4.2). */
final class Crc16 {
    private static final int POLYNOMIAL = 0x1021;
    private static final int START = 0xffff;
    private static final int[] TABLE = table();

    private int value = START;

    private static int[] table() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int remainder = index << 8;
            for (int bit = 0; bit < 8; bit++) {
                remainder = (remainder & 0x8000) != 0 ? (remainder << 1) ^ POLYNOMIAL : remainder << 1;
            }
            table[index] = remainder & 0xffff;
        }
        return table;
    }

    void update(byte[] bytes, int from, int length) {
        for (int index = from; index < from + length; index++) {
            value = ((value << 8) ^ TABLE[((value >>> 8) ^ bytes[index]) & 0xff]) & 0xffff;
        }
    }

    int value() {
        return value;
    }
}

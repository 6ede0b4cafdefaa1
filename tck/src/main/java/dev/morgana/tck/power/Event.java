package dev.morgana.tck.power;

/**
 * What happened to a medium, or to the scenario that uses it. Blocks are numbered through all devices of the medium.
 */
sealed interface Event {
    /** Something that changes one block, and that a power loss can tear. */
    sealed interface Change extends Event {
        int block();
    }

    /** Bytes were programmed, within one block. */
    record Program(int block, int offset, byte[] bytes) implements Change {
        @Override
        public String toString() {
            return "program of block " + block + ", offset " + offset + ", " + bytes.length + " bytes";
        }
    }

    /** A block was erased. */
    record Erase(int block) implements Change {
        @Override
        public String toString() {
            return "erase of block " + block;
        }
    }

    /** A device was synced. */
    record Sync(int device) implements Event {
        @Override
        public String toString() {
            return "sync";
        }
    }

    /** A step of the scenario began. */
    record Begin(int step) implements Event {
        @Override
        public String toString() {
            return "beginning of step " + step;
        }
    }

    /** A step of the scenario returned. */
    record End(int step) implements Event {
        @Override
        public String toString() {
            return "end of step " + step;
        }
    }
}

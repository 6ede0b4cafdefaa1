package dev.morgana.tck.reference;

import dev.morgana.spi.key.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a key of a tree is bound to. Immutable: nobody changes the arrays. */
sealed interface Node {
    /** User attributes by type. */
    SortedMap<Integer, byte[]> attributes();

    Kind kind();

    Node withAttributes(SortedMap<Integer, byte[]> changed);

    /** The attributes of a node that has none. */
    static SortedMap<Integer, byte[]> noAttributes() {
        return Collections.unmodifiableSortedMap(new TreeMap<>());
    }

    /** A value: its bytes, and when they were last changed. */
    record Value(byte[] bytes, Instant time, SortedMap<Integer, byte[]> attributes) implements Node {
        @Override
        public Kind kind() {
            return Kind.VALUE;
        }

        @Override
        public Value withAttributes(SortedMap<Integer, byte[]> changed) {
            return new Value(bytes, time, changed);
        }

        Value withTime(Instant changed) {
            return new Value(bytes, changed, attributes);
        }
    }

    /** A dictionary. Its children are found by their keys. */
    record Dictionary(SortedMap<Integer, byte[]> attributes) implements Node {
        @Override
        public Kind kind() {
            return Kind.DICTIONARY;
        }

        @Override
        public Dictionary withAttributes(SortedMap<Integer, byte[]> changed) {
            return new Dictionary(changed);
        }
    }
}

package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Seals values under the keys of a ring, and opens them. Safe for use by many threads. */
public final class Sealer {
    private final KeyRing ring;
    private final Derivation derivation;
    private final Nonces nonces;

    /** A sealer with the keys of a store. */
    public Sealer(KeyRing ring, Binding binding, Nonces nonces) {
        this.ring = ring;
        this.derivation = new Derivation(binding);
        this.nonces = nonces;
    }

    /** The same with other keys of the store. */
    public Sealer with(KeyRing other) {
        return new Sealer(other, derivation.binding(), nonces);
    }

    /** The store that the keys are bound to. */
    public Binding binding() {
        return derivation.binding();
    }

    /** Hashes of versions under the keys. */
    public VersionHashes hashes() {
        return new VersionHashes(ring, derivation.binding());
    }

    /** Its keys. */
    public KeyRing ring() {
        return ring;
    }

    /** A value that is to be written once, under a version of its own. */
    public static final class Fresh {
        private final ValueHeader header;
        private final SegmentCipher cipher;

        private Fresh(ValueHeader header, SegmentCipher cipher) {
            this.header = header;
            this.cipher = cipher;
        }

        /** The version. */
        public Version version() {
            return header.version();
        }

        /** The sealed form of a value in memory. */
        public byte[] seal(byte[] value) {
            ByteArrayOutputStream sealed =
                    new ByteArrayOutputStream(Math.toIntExact(Segments.sealedSize(value.length)));
            sealed.writeBytes(header.encode());
            long count = Segments.count(value.length);
            for (long number = 0; number < count; number++) {
                int offset = (int) number * Segments.LENGTH;
                int length = Segments.length(number, value.length);
                sealed.writeBytes(cipher.seal(number, number == count - 1, value, offset, length));
            }
            return sealed.toByteArray();
        }

        /** The sealed form of a stream, one segment at a time. */
        public InputStream seal(InputStream value) {
            return new SealingStream(header.encode(), cipher, value);
        }
    }

    /** Begins to seal a value, in the current epoch and under a new version. */
    public Fresh begin(byte[] name) {
        return begin(name, new ValueHeader(ring.epoch(), nonces.next()));
    }

    /**
     * Begins to seal a value that is the only one to have its version, however often it is sealed. So that its sealed form is always
     * the same too, it is sealed in the epoch in which the newest data key began.
     */
    public Fresh begin(byte[] name, Version version) {
        return begin(name, new ValueHeader(ring.dataKeys().lastKey(), version));
    }

    private Fresh begin(byte[] name, ValueHeader header) {
        return new Fresh(
                header, cipher(header, name, ring.dataKey(header.epoch()).orElseThrow()));
    }

    /** The segments of a sealed value that has a header and a name; empty if the ring has no key of its epoch. */
    public Optional<Opener> opener(ValueHeader header, byte[] name) {
        return ring.dataKey(header.epoch()).map(dataKey -> new Opener(cipher(header, name, dataKey)));
    }

    private SegmentCipher cipher(ValueHeader header, byte[] name, byte[] dataKey) {
        byte[] key = derivation.key(dataKey, header.version().bytes(), "value", name);
        try {
            return new SegmentCipher(key, header.encode());
        } finally {
            Arrays.fill(key, (byte) 0); // the cipher has its own copy
        }
    }
}

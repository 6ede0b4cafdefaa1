package dev.morgana.interop.peer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What a listing tells of one entry. */
record Row(String type, long size, String sha256, Map<Integer, String> attributes) {
    static Row of(String type, byte[] content, Map<Integer, String> attributes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Row(type, content.length, HexFormat.of().formatHex(digest), attributes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

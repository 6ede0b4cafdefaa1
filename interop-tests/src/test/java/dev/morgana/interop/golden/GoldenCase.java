package dev.morgana.interop.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** One recorded case: an image with its manifest, or a trace. */
record GoldenCase(String format, String name, Path manifest) {
    private static final String IMAGE_MANIFEST = ".json";
    private static final String TRACE = ".jsonl";

    /** The images of a format, by name. */
    static List<GoldenCase> images(Path root, String format) {
        return list(format, root.resolve(format).resolve("images"), IMAGE_MANIFEST);
    }

    /** The traces of a format, by name. */
    static List<GoldenCase> traces(Path root, String format) {
        return list(format, root.resolve(format).resolve("traces"), TRACE);
    }

    private static List<GoldenCase> list(String format, Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .map(file -> new GoldenCase(format, stripped(file, suffix), file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stripped(Path file, String suffix) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - suffix.length());
    }

    /** The manifest of an image. */
    Fields readManifest() {
        return Fields.parse(name, text());
    }

    /** The lines of a trace, in order. */
    List<Fields> readTrace() {
        return text().lines().map(line -> Fields.parse(name, line)).toList();
    }

    private String text() {
        try {
            return Files.readString(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image beside the manifest, unpacked, after its digest was compared with the recorded one. */
    byte[] readImage(String file, String sha256) {
        Path plain = manifest.resolveSibling(file);
        Path packed = manifest.resolveSibling(file + ".gz");
        try (InputStream in =
                Files.exists(plain) ? Files.newInputStream(plain) : new GZIPInputStream(Files.newInputStream(packed))) {
            byte[] image = in.readAllBytes();
            String found = sha256(image);
            if (!found.equals(sha256)) {
                throw new AssertionError(name + ": the image file is not the recorded one, sha256 " + found);
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

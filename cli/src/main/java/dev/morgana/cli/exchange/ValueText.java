package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.NamedInput;
import dev.morgana.cli.exchange.host.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A value as JSON and CSV write it.
 *
 * @param encoding {@code text} for UTF-8, {@code hex}, {@code base64}, or {@code file} for the content of a file
 * @param text the value in this encoding
 */
record ValueText(String encoding, String text) {
    /** Values that people can read as text, the others as hex. */
    static ValueText of(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            if (text.codePoints().noneMatch(ValueText::isUnreadable)) {
                return new ValueText("text", text);
            }
        } catch (CharacterCodingException binary) {
            // hex it is
        }
        return new ValueText("hex", HexFormat.of().formatHex(value));
    }

    private static boolean isUnreadable(int codePoint) {
        return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
    }

    /**
     * Sends the value.
     *
     * @param list the file that holds this value, which the paths of others are relative to
     * @param where the place of this value in its file, for messages
     */
    void sendTo(TreeSink sink, byte[] path, Path list, String where) throws IOException {
        if (encoding.equals("file")) {
            sendFile(sink, path, list, where);
            return;
        }
        byte[] value = decode(where);
        sink.value(path, value.length, new ByteArrayInputStream(value), Details.of(where));
    }

    private void sendFile(TreeSink sink, byte[] path, Path list, String where) throws IOException {
        try {
            Path file = list.resolveSibling(text);
            try (InputStream content = Files.newInputStream(file)) {
                sink.value(path, Files.size(file), new NamedInput(content, text), Details.of(where));
            }
        } catch (InvalidPathException | NoSuchFileException e) {
            throw new TransferException(where + ": no such file: " + text);
        }
    }

    private byte[] decode(String where) throws TransferException {
        try {
            return switch (encoding) {
                case "text" -> text.getBytes(StandardCharsets.UTF_8);
                case "hex" -> HexFormat.of().parseHex(text);
                case "base64" -> Base64.getDecoder().decode(text);
                default ->
                    throw new TransferException(
                            where + ": '" + encoding + "' is not an encoding; give text, hex, base64 or file");
            };
        } catch (IllegalArgumentException e) {
            throw new TransferException(where + ": the value is not " + encoding + ": " + e.getMessage());
        }
    }
}

package dev.morgana.spi;

import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of an address. {@code java.net.URI} is of no use here: it refuses spaces, backslashes and {@code _} in
 * schemes, and drops the query of opaque URIs.
 */
final class AddressReader {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\+[A-Za-z][A-Za-z0-9_-]*)*");
    private static final Pattern WINDOW = Pattern.compile("(.+)@([0-9][0-9A-Za-z]*)(?:\\+([0-9][0-9A-Za-z]*))?");

    private final Names names;
    private final String text;

    AddressReader(Names names, String text) {
        this.names = names;
        this.text = text;
    }

    /** What is installed and what exists: by that a text is told to be a URI or a path. */
    interface Names {
        boolean isFormat(String name);

        boolean isStoreLayer(String name);

        boolean isDeviceLayer(String name);

        boolean isDriver(String name);

        boolean isFile(String path);
    }

    StoreAddress read() throws InvalidAddressException {
        int colon = text.indexOf(':');
        if (colon > 0 && PREFIX.matcher(text.substring(0, colon)).matches()) {
            List<String> parts = List.of(text.substring(0, colon).split("\\+"));
            if (isUri(parts)) {
                return readUri(parts, text.substring(colon + 1));
            }
        }
        return readPath();
    }

    /** One letter is a drive. One known name among several is enough, so that a misspelt other one is an error. */
    private boolean isUri(List<String> parts) {
        String driver = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return driver.length() > 1 && names.isDriver(driver);
        }
        return names.isDriver(driver)
                || parts.stream().anyMatch(name -> names.isFormat(name) || names.isStoreLayer(name));
    }

    private StoreAddress readUri(List<String> parts, String rest) throws InvalidAddressException {
        int format = formatIndex(parts);
        int hash = rest.indexOf('#');
        String beforeEntry = hash < 0 ? rest : rest.substring(0, hash);
        int question = beforeEntry.indexOf('?');
        Window window = window(question < 0 ? beforeEntry : beforeEntry.substring(0, question), true);
        String query = question < 0 ? "" : beforeEntry.substring(question + 1);
        int last = parts.size() - 1;
        return new StoreAddress(
                format < 0 ? List.of() : parts.subList(0, format),
                format < 0 ? Optional.empty() : Optional.of(parts.get(format)),
                parts.subList(format + 1, last),
                Optional.of(parts.get(last)),
                decode(window.part),
                readOptions(query).orElse(window.options),
                hash < 0 ? Optional.empty() : Optional.of(Key.ofBytes(decodeBytes(rest.substring(hash + 1)))));
    }

    /**
     * The index of the format among the parts, or -1 if there is only a device. Store layers come first, so the format is
     * the first part that is none of them, unless it is a device layer.
     */
    private int formatIndex(List<String> parts) throws InvalidAddressException {
        int index = 0;
        while (index < parts.size() - 1 && names.isStoreLayer(parts.get(index))) {
            index++;
        }
        boolean deviceOnly = index == parts.size() - 1
                || (names.isDeviceLayer(parts.get(index)) && !names.isFormat(parts.get(index)));
        if (deviceOnly && index > 0) {
            throw new InvalidAddressException(text, "a store layer needs a format before the driver");
        }
        return deviceOnly ? -1 : index;
    }

    /**
     * A part of a larger medium.
     *
     * @param part the medium
     * @param options its offset, and its length where that was given
     */
    private record Window(String part, Options options) {}

    /** What stands before an {@code '@'} and a number; all of it, if there is no such thing or a file has that name. */
    private Window window(String part, boolean encoded) throws InvalidAddressException {
        Matcher matcher = WINDOW.matcher(part);
        if (!matcher.matches() || names.isFile(encoded ? decode(part) : part)) {
            return new Window(part, Options.none());
        }
        Options options = Options.none().plus("offset", matcher.group(2));
        return new Window(
                matcher.group(1), matcher.group(3) == null ? options : options.plus("length", matcher.group(3)));
    }

    private Options readOptions(String query) throws InvalidAddressException {
        Options options = Options.none();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
                throw new InvalidAddressException(text, "'" + name + "' is not an option name");
            }
            options = options.plus(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return options;
    }

    private String decode(String encoded) throws InvalidAddressException {
        return new String(decodeBytes(encoded), StandardCharsets.UTF_8);
    }

    private byte[] decodeBytes(String encoded) throws InvalidAddressException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < encoded.length()) {
            int codePoint = encoded.codePointAt(i);
            if (codePoint != '%') {
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(codePoint);
            } else if (i + 3 <= encoded.length()
                    && encoded.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                throw new InvalidAddressException(text, "'%' needs two hexadecimal digits; write %25 for '%' itself");
            }
        }
        return bytes.toByteArray();
    }

    private StoreAddress readPath() throws InvalidAddressException {
        int separator = text.lastIndexOf(":/");
        boolean isDrive = separator == 1 && Character.isLetter(text.charAt(0));
        boolean hasEntry = separator > 0 && !isDrive;
        String image = hasEntry ? text.substring(0, separator) : text;
        Optional<Key> entry = hasEntry ? Optional.of(Key.of(text.substring(separator + 1))) : Optional.empty();
        if (image.isEmpty()) {
            throw new InvalidAddressException(text, "is empty; give the path of an image, or driver:part");
        }
        Window window = window(image, false);
        int colon = window.part.lastIndexOf(':');
        if (!hasEntry && colon > 0 && !names.isFile(window.part) && names.isFile(image.substring(0, colon))) {
            String file = image.substring(0, colon);
            throw new InvalidAddressException(
                    text,
                    "no file has this name; an entry in the image " + file + " is " + file + ":/"
                            + image.substring(colon + 1));
        }
        return new StoreAddress(
                List.of(), Optional.empty(), List.of(), Optional.empty(), window.part, window.options, entry);
    }
}

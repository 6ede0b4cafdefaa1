package dev.morgana.nio;

import dev.morgana.nio.path.PathName;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.key.Key;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** URIs of images, {@code morgana:ADDRESS}, and of files within, {@code morgana:ADDRESS#/path}. */
final class ImageUri {
    static final String SCHEME = "morgana";

    /** Characters that stand for themselves after the scheme. */
    private static final String PLAIN = "/:+?=&@,;!$'()*-._~";

    private ImageUri() {}

    /** The URI of an image, without a path. */
    static String of(String address) {
        return SCHEME + ":" + encoded(address.getBytes(StandardCharsets.UTF_8), PLAIN + "%");
    }

    /** The URI of a file within an image. */
    static URI of(String image, PathName file) {
        return URI.create(image + "#/" + encoded(file.segments().toBytes(), PLAIN));
    }

    private static String encoded(byte[] bytes, String plain) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (word || plain.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", b & 0xff));
            }
        }
        return text.toString();
    }

    /** The address of an image, with a path of the host made absolute, so that one image has one name. */
    static StoreAddress address(Morgana morgana, URI uri) throws InvalidAddressException {
        requireScheme(uri);
        StoreAddress written = morgana.parse(uri.getRawSchemeSpecificPart());
        if (written.driver().isEmpty()) {
            written = morgana.parse(uri.getSchemeSpecificPart());
        }
        boolean path =
                written.driver().equals(Optional.of("file")) || written.driver().isEmpty();
        return path ? written.withPart(absolute(written.part())) : written;
    }

    private static String absolute(String part) {
        return Path.of(part).toAbsolutePath().normalize().toString();
    }

    private static void requireScheme(URI uri) {
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("URI scheme is not '" + SCHEME + "': " + uri);
        }
    }

    /** The file that a URI names within its image; the root if none. */
    static PathName file(URI uri) {
        String fragment = uri.getRawFragment();
        if (fragment == null) {
            return PathName.ROOT;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < fragment.length(); i++) {
            if (fragment.charAt(i) == '%') {
                bytes.write(Integer.parseInt(fragment.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.writeBytes(fragment.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return new PathName(true, Key.ofBytes(bytes.toByteArray()));
    }
}

package dev.morgana.spi;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what {@link AddressReader} reads. */
final class AddressWriter {
    private static final String IN_PART = "%?#";
    private static final String IN_OPTION = "%&#";

    private final StoreAddress address;

    AddressWriter(StoreAddress address) {
        this.address = address;
    }

    String uri() {
        if (address.driver().isEmpty()) {
            return address.part();
        }
        List<String> names = new ArrayList<>(address.storeLayers());
        address.format().ifPresent(names::add);
        names.addAll(address.deviceLayers());
        names.add(address.driver().get());
        String entry = address.entry()
                .filter(key -> !key.isRoot())
                .map(AddressWriter::entry)
                .orElse("");
        return String.join("+", names) + ":" + encoded(address.part(), IN_PART) + query(address.options()) + entry;
    }

    private static String query(Options options) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, List<String>> option : options.asTexts().entrySet()) {
            option.getValue().forEach(value -> pairs.add(option.getKey() + "=" + encoded(value, IN_OPTION)));
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String entry(Key key) {
        StringBuilder text = new StringBuilder("#/");
        for (byte each : key.toBytes()) {
            boolean plain = each > ' ' && each < 0x7f && each != '%';
            text.append(plain ? String.valueOf((char) each) : "%" + hex(each));
        }
        return text.toString();
    }

    private static String encoded(String text, String special) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            encoded.append(special.indexOf(c) < 0 ? String.valueOf(c) : "%" + hex((byte) c));
        }
        return encoded.toString();
    }

    private static String hex(byte value) {
        return java.util.HexFormat.of().withUpperCase().toHexDigits(value);
    }
}

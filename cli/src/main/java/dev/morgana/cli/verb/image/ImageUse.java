package dev.morgana.cli.verb.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What must be known to use an image that was made.
 *
 * @param address what to open it as, where it does not tell everything itself
 * @param firmware what firmware needs that the reference does not have by itself
 */
record ImageUse(Optional<String> address, List<String> firmware) {
    /** Of an image that was made under an address, and is there if it was kept. */
    static ImageUse of(Morgana morgana, StoreAddress address, StoreInfo info, boolean kept) throws StoreException {
        Optional<String> full = kept ? morgana.at(address).shortestAddress().map(StoreAddress::uri) : Optional.empty();
        return new ImageUse(
                full,
                morgana.format(info.format())
                        .firmware(info)
                        .map(FirmwareConfiguration::settings)
                        .orElse(List.of()));
    }

    void tell(Output output) {
        if (!firmware.isEmpty()) {
            output.note("firmware needs " + String.join(", ", firmware));
        }
        address.ifPresent(uri -> output.note("open it as '" + uri + "'"));
    }

    void write(JsonGenerator json) throws IOException {
        Json.texts(json, "firmware", firmware);
        if (address.isPresent()) {
            json.writeStringField("address", address.get());
        }
    }
}

package dev.morgana.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that is written is the one that was read. */
class AddressWriterTest {
    private static final AddressReader.Names NAMES = new AddressReader.Names() {
        @Override
        public boolean isFormat(String name) {
            return name.equals("ekv");
        }

        @Override
        public boolean isStoreLayer(String name) {
            return name.equals("crypt");
        }

        @Override
        public boolean isDeviceLayer(String name) {
            return name.equals("nor");
        }

        @Override
        public boolean isDriver(String name) {
            return name.equals("file");
        }

        @Override
        public boolean isFile(String path) {
            return false;
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:a.img",
                "ekv+file:a.img",
                "crypt+ekv+nor+file:/my images/a b.img?keyFile=x=y&pageSize=512",
                "ekv+file:a%3Fb%25c%23d&e.img?x=1%262%23%25",
                "ekv+file:a?replica=b&replica=c",
                "ekv+file:C:\\images\\a.img#/etc/%FF%20%25",
                "ekv+file:ü.img"
            })
    void isReadAsItWas(String text) throws Exception {
        assertThat(new AddressReader(NAMES, text).read().uri()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.img", "a?b#c.img"})
    void aPathStaysOne(String path) {
        assertThat(StoreAddress.ofPath(path).uri()).isEqualTo(path);
    }
}

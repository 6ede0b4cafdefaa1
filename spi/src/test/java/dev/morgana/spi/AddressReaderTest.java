package dev.morgana.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.key.Key;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AddressReaderTest {
    private static final AddressReader.Names NAMES = new AddressReader.Names() {
        @Override
        public boolean isFormat(String name) {
            return Set.of("littlefs", "ekv", "pw_kvs", "ekv-fs").contains(name);
        }

        @Override
        public boolean isStoreLayer(String name) {
            return name.equals("crypt");
        }

        @Override
        public boolean isDeviceLayer(String name) {
            return Set.of("stats", "nor").contains(name);
        }

        @Override
        public boolean isDriver(String name) {
            return Set.of("file", "mem", "native").contains(name);
        }

        @Override
        public boolean isFile(String path) {
            return path.equals("odd@7");
        }
    };

    private static StoreAddress read(String text) throws InvalidAddressException {
        return new AddressReader(NAMES, text).read();
    }

    @Nested
    class Uris {
        @Test
        void formatDriverPartOptionsAndEntry() throws Exception {
            StoreAddress address = read("littlefs+file:image.bin?blockSize=4096&read_only#/etc/x");
            assertThat(address.format()).contains("littlefs");
            assertThat(address.driver()).contains("file");
            assertThat(address.part()).isEqualTo("image.bin");
            assertThat(address.options().asText()).isEqualTo(Map.of("blockSize", "4096", "readOnly", ""));
            assertThat(address.entry()).contains(Key.of("/etc/x"));
        }

        @Test
        void layersOnBothSidesOfTheFormat() throws Exception {
            StoreAddress address = read("crypt+ekv+stats+nor+mem:?size=1MiB");
            assertThat(address.storeLayers()).containsExactly("crypt");
            assertThat(address.format()).contains("ekv");
            assertThat(address.deviceLayers()).containsExactly("stats", "nor");
            assertThat(address.part()).isEmpty();
        }

        @Test
        void aPartOfALargerMediumIsSaidAsInAPath() throws Exception {
            StoreAddress address = read("littlefs+file:flash.bin@0x10000+64K?blockSize=4096#/cfg");
            assertThat(address.part()).isEqualTo("flash.bin");
            assertThat(address.options().asText())
                    .isEqualTo(Map.of("offset", "0x10000", "length", "64K", "blockSize", "4096"));
            assertThat(address.entry()).contains(Key.of("/cfg"));
            assertThat(read("file:flash.bin@64K").options().asText()).isEqualTo(Map.of("offset", "64K"));
            assertThat(read("file:flash.bin@64K?offset=1").options().asText()).isEqualTo(Map.of("offset", "1"));
        }

        @Test
        void anAtSignOfANameStays() throws Exception {
            assertThat(read("file:odd@7").part()).isEqualTo("odd@7");
            assertThat(read("file:new%407").part()).isEqualTo("new@7");
            assertThat(read("file:me@home.img").part()).isEqualTo("me@home.img");
        }

        @Test
        void deviceAlone() throws Exception {
            assertThat(read("file:a.img").format()).isEmpty();
            assertThat(read("nor+file:a.img").deviceLayers()).containsExactly("nor");
        }

        @Test
        void repeatedOptionsAreKept() throws Exception {
            assertThat(read("ekv+file:a?replica=b&replica=c").options().asText())
                    .containsEntry("replica", "b,c");
        }

        @Test
        void spacesBackslashesAndDrivesStayAsTheyAre() throws Exception {
            assertThat(read("littlefs+file:C:\\my images\\a b.img").part()).isEqualTo("C:\\my images\\a b.img");
        }

        @Test
        void percentStandsForBytes() throws Exception {
            StoreAddress address = read("ekv+file:a%3Fb%25%23c?x=1%262#/%ff");
            assertThat(address.part()).isEqualTo("a?b%#c");
            assertThat(address.options().asText()).containsEntry("x", "1&2");
            assertThat(address.entry().orElseThrow().nameBytes()).containsExactly(0xff);
        }

        @Test
        void unknownNamesBesideKnownOnesAreStillUris() throws Exception {
            assertThat(read("ext4+file:a").format()).contains("ext4");
            assertThat(read("littlefs+nfs:a").driver()).contains("nfs");
        }

        @Test
        void brokenPercentIsRefused() {
            assertThatThrownBy(() -> read("ekv+file:a%2")).isInstanceOf(InvalidAddressException.class);
        }

        @Test
        void brokenOptionNameIsRefused() {
            assertThatThrownBy(() -> read("ekv+file:a?=1")).isInstanceOf(InvalidAddressException.class);
        }

        @Test
        void storeLayerWithoutFormatIsRefused() {
            assertThatThrownBy(() -> read("crypt+file:a"))
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessageContaining("needs a format");
        }
    }

    @Nested
    class Paths {
        @Test
        void anEntryWithoutItsSlashIsOffered() throws Exception {
            assertThatThrownBy(() -> read("odd@7:docs/a"))
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessageContaining("odd@7:/docs/a");
            assertThat(read("none:docs").part()).isEqualTo("none:docs");
        }

        @Test
        void plain() throws Exception {
            StoreAddress address = read("dir/image.bin");
            assertThat(address.driver()).isEmpty();
            assertThat(address.part()).isEqualTo("dir/image.bin");
            assertThat(address.entry()).isEmpty();
        }

        @Test
        void lastColonSlashSeparatesTheEntry() throws Exception {
            StoreAddress address = read("a:/b.img:/etc/x");
            assertThat(address.part()).isEqualTo("a:/b.img");
            assertThat(address.entry()).contains(Key.of("etc/x"));
        }

        @Test
        void driveLetterIsNoSeparatorAndNoPrefix() throws Exception {
            assertThat(read("C:/images/a.img").part()).isEqualTo("C:/images/a.img");
            assertThat(read("C:\\a.img:/x").part()).isEqualTo("C:\\a.img");
            assertThat(read("C:/a.img:/x").entry()).contains(Key.of("x"));
        }

        @Test
        void unknownPrefixIsAPath() throws Exception {
            assertThat(read("notes:today").part()).isEqualTo("notes:today");
        }

        @Test
        void windowSelectsAPart() throws Exception {
            StoreAddress address = read("flash.bin@0x10000+64K:/cfg");
            assertThat(address.part()).isEqualTo("flash.bin");
            assertThat(address.options().asText()).isEqualTo(Map.of("offset", "0x10000", "length", "64K"));
            assertThat(address.entry()).contains(Key.of("cfg"));
        }

        @Test
        void aFileWithThatVeryNameIsMeantLiterally() throws Exception {
            assertThat(read("odd@7").part()).isEqualTo("odd@7");
            assertThat(read("even@7").part()).isEqualTo("even");
        }

        @Test
        void percentAndQuestionMarkAreOrdinary() throws Exception {
            assertThat(read("a%20b?.img").part()).isEqualTo("a%20b?.img");
        }

        @Test
        void nothingIsRefused() {
            assertThatThrownBy(() -> read("")).isInstanceOf(InvalidAddressException.class);
        }
    }
}

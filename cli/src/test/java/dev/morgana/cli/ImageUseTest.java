package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What create tells of opening an image again, and of firmware that shares it. */
class ImageUseTest {
    @TempDir
    private Path folder;

    private String image() {
        return folder.resolve("x.img").toString();
    }

    private Command create(String words) {
        List<String> all = new ArrayList<>(List.of("create"));
        for (String word : words.split(" ")) {
            all.add(word.equals("IMAGE") ? image() : word);
        }
        Command command = Command.run(all.toArray(new String[0]));
        assertThat(command.code()).as(command.err()).isZero();
        return command;
    }

    /** The address in the last line, as a shell would take it. */
    private static String address(Command create) {
        String last = create.out().lines().reduce((first, second) -> second).orElseThrow();
        assertThat(last).startsWith("open it as '").endsWith("'");
        return last.substring("open it as '".length(), last.length() - 1);
    }

    private static JsonNode properties(String address) throws Exception {
        Command info = Command.run("info", "--json", address);
        assertThat(info.code()).as(info.err()).isZero();
        return new ObjectMapper().readTree(info.out()).get("properties");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "littlefs IMAGE -s 64K",
                "littlefs IMAGE -s 64K -b 512 -p 16 -O nameMax=32",
                "embedkv IMAGE -s 64K -O freePattern=255",
                "embedkv IMAGE -s 64K -b 1K",
                "ekv IMAGE -s 64K",
                "ekv IMAGE -s 64K -b 512 -O crc",
                "reference-flat IMAGE -s 64K"
            })
    void whatTellsItselfNeedsNoAddress(String words) throws Exception {
        assertThat(create(words).out()).doesNotContain("open it as");
        assertThat(Command.run("ls", image()).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "pw_kvs IMAGE -s 8K -b 1K, pw_kvs+file:PATH?sectorSize=1024, sectorSize, 1024",
        "pw_kvs IMAGE -s 64K -O redundancy=2, pw_kvs+file:PATH?redundancy=2, redundancy, 2",
        "pw_kvs IMAGE -s 64K -O alignment=32, pw_kvs+file:PATH?alignment=32, alignment, 32",
        "ekv IMAGE -s 64K -O maxKeySize=128 -O crc, ekv+file:PATH?maxKeySize=128, maxKeySize, 128",
        "ekv IMAGE -s 64K -O maxPageCount=512, ekv+file:PATH?maxPageCount=512, maxPageCount, 512",
        "ekv-fs IMAGE -s 64K -b 512, ekv-fs+file:PATH, chunkSize, 512"
    })
    void whatDoesNotIsOpenedByTheAddressThatIsTold(String words, String expected, String option, String value)
            throws Exception {
        String address = address(create(words));
        assertThat(address).isEqualTo(expected.replace("PATH", image()));
        assertThat(properties(address).get(option).asText()).isEqualTo(value);
    }

    @Test
    void severalFormatsOfEntriesAreToldOneByOne() throws Exception {
        String address = address(create("pw_kvs IMAGE -s 64K -O formats=0x9b41e07d:crc32"));
        assertThat(address).isEqualTo("pw_kvs+file:" + image() + "?formats=0x9b41e07d:crc32");
        assertThat(properties(address).get("formats").asText()).isEqualTo("0x9b41e07d:crc32");
    }

    @Test
    void theAddressHoldsNamesThatMeanSomethingInAddresses() throws Exception {
        String odd = folder.resolve("a#b?c%d&e=f.img").toString();
        Command made = Command.run("create", "pw_kvs", odd, "-s", "8K", "-b", "1K");
        String address = address(made);
        assertThat(address).contains("a%23b%3Fc%25d&e=f.img?sectorSize=1024");
        assertThat(properties(address).get("sectorSize").asText()).isEqualTo("1024");
    }

    @Test
    void aDryRunTellsNoAddress() {
        Command run = create("pw_kvs IMAGE -s 8K -b 1K --dry-run");
        assertThat(run.out()).doesNotContain("open it as").contains("firmware needs");
    }

    /** What flash is erased to is a store to no other format. */
    @ParameterizedTest
    @CsvSource({"255, pw_kvs+file:PATH?sectorSize=4096", "0, pw_kvs+file:PATH?sectorSize=4096&erasedValue=0x00"})
    void theRefusalOfAnErasedImageNamesTheAddress(int erased, String address) throws Exception {
        byte[] bytes = new byte[64 << 10];
        Arrays.fill(bytes, (byte) erased);
        Files.write(Path.of(image()), bytes);
        Command refused = Command.run("ls", image());
        assertThat(refused.code()).isEqualTo(ExitCode.DAMAGED.number());
        assertThat(refused.err())
                .contains("'" + address.replace("PATH", image()) + "'")
                .hasLineCount(1);
        assertThat(Command.run("ls", address.replace("PATH", image())).code()).isZero();
    }

    @Test
    void anythingElseIsRefusedAsBefore() throws Exception {
        Files.write(Path.of(image()), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        assertThat(Command.run("ls", image()).err()).contains("holds no image of an installed format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ekv IMAGE -s 64K|",
                "ekv IMAGE -s 64K -O crc -O maxKeySize=128|features = [\"crc\"], EKV_MAX_KEY_SIZE=128",
                "ekv IMAGE -s 64K -b 512 -O eraseValue=0|EKV_PAGE_SIZE=512, EKV_ERASE_VALUE=0",
                "ekv IMAGE -s 8M|EKV_MAX_PAGE_COUNT=2048",
                "ekv-fs IMAGE -s 64K|EkvFs<_, _, 104, 512>",
                "ekv-fs IMAGE -s 64K -O maxPathLen=60 -O chunkSize=2048|EKV_MAX_VALUE_SIZE=2048, EkvFs<_, _, 60, 2048>",
                "littlefs IMAGE -s 64K -O nameMax=32|",
                "littlefs IMAGE -s 64K -O nameMax=1022|LFS_NAME_MAX=1022",
                "embedkv IMAGE -s 64K|",
                "pw_kvs IMAGE -s 64K -O redundancy=2|EntryFormat{.magic = 0xc40fd8a8, .checksum = &crc16}, "
                        + "sectors of 4096 bytes, alignment_bytes = 16, kRedundancy = 2",
                "reference IMAGE -s 64K|"
            })
    void firmwareIsToldWhatItsReferenceHasNotByItself(String words, String expected) throws Exception {
        List<String> told = create(words)
                .out()
                .lines()
                .filter(line -> line.startsWith("firmware needs "))
                .map(line -> line.substring("firmware needs ".length()))
                .toList();
        assertThat(told).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void infoTellsTheSame() throws Exception {
        String address = address(create("ekv IMAGE -s 64K -O crc -O maxKeySize=128"));
        assertThat(Command.run("info", address).out())
                .containsPattern("firmware needs +features = \\[\"crc\"], EKV_MAX_KEY_SIZE=128\n");
        JsonNode firmware = new ObjectMapper()
                .readTree(Command.run("info", "--json", address).out())
                .get("firmware");
        assertThat(firmware).hasToString("[\"features = [\\\"crc\\\"]\",\"EKV_MAX_KEY_SIZE=128\"]");
    }

    /** With Pigweed's own names; the other blocks are compared with what they build, in the interop tests. */
    @Test
    void theBlockForPigweedSaysEverything() throws Exception {
        String address =
                address(create("pw_kvs IMAGE -s 8K -b 1K -O formats=0x9b41e07d:crc32 -O redundancy=2 -O alignment=64"));
        assertThat(Command.run("info", "--firmware", "cpp", address).out().lines())
                .containsExactly(
                        "// the flash: sectors of 1024 bytes, 0xff where it is erased",
                        "pw::kvs::FlashPartition partition(&flash, /*flash_start_sector_index=*/0,"
                                + " /*flash_sector_count=*/8, /*alignment_bytes=*/64);",
                        "Crc32Checksum crc32;  // the firmware's own pw::kvs::ChecksumAlgorithm",
                        "constexpr size_t kMaxEntries = 256;  // not on the medium: keys, deleted ones included",
                        "const std::array<pw::kvs::EntryFormat, 1> formats = {{",
                        "    {.magic = 0x9b41e07d, .checksum = &crc32},",
                        "}};",
                        "pw::kvs::KeyValueStoreBuffer<kMaxEntries, /*kMaxUsableSectors=*/8, /*kRedundancy=*/2,"
                                + " /*kEntryFormats=*/1> kvs(&partition, formats);");
    }

    @Test
    void aLanguageThatTheReferenceIsNotWrittenForIsRefused() {
        create("littlefs IMAGE -s 64K");
        Command refused = Command.run("info", "--firmware", "rust", image());
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains("littlefs has its configuration in c");
    }
}

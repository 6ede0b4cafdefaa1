package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.pwkvs.Pigweed;
import dev.morgana.pwkvs.PwKvs;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One recorded open of an image: what it answers, what it shows, and what it leaves. */
record PwKvsOpening(String name, JsonNode options, byte[] image, Fields open) {
    void compare() throws StoreException {
        PwKvsDevice device = PwKvsCases.device(options, image);
        Options effective = PwKvsCases.options(open.get("options")).orElse(PwKvsCases.options(options));
        String where = name + " opened with " + open.get("options") + ":";
        PwKvs kvs = Pigweed.over(device, effective, true);
        PwKvsCalls.equal(where + " init", open.text("init"), PwKvsCalls.status(kvs::init));
        PwKvsCalls.equal(where + " ready", open.get("ready").asBoolean(), kvs.isReady());
        PwKvsCalls.equal(where + " errorDetected", open.get("errorDetected").asBoolean(), kvs.errorDetected());
        PwKvsCalls.compareStatistics(where, open.object("stats"), kvs.statistics());
        compareImage(where, "image_sha256_after", device);
        compareItems(where, kvs.iterate());
        for (Fields get : open.objects("gets")) {
            byte[] key = PwKvsCalls.key(get);
            PwKvsCalls.compareGet(where + " get " + get, get, PwKvsCalls.get(kvs, key, Integer.MAX_VALUE, 0));
        }
        PwKvs second = Pigweed.over(device, effective, true);
        PwKvsCalls.equal(where + " second init", open.text("second_init"), PwKvsCalls.status(second::init));
        compareImage(where, "image_sha256_after_second", device);
    }

    private void compareImage(String where, String field, PwKvsDevice device) {
        String expected = open.text(field);
        String found = GoldenCase.sha256(device.image());
        String before = GoldenCase.sha256(image);
        PwKvsCalls.equal(where + " " + field, expected.equals("unchanged") ? before : expected, found);
    }

    private void compareItems(String where, List<PwKvs.Item> items) {
        JsonNode iteration = open.get("iteration");
        JsonNode keys = iteration.isArray() ? iteration : iteration.get("first");
        int count =
                iteration.isArray() ? iteration.size() : iteration.get("count").asInt();
        PwKvsCalls.equal(where + " number of items", count, items.size());
        for (int index = 0; index < keys.size(); index++) {
            String found = HexFormat.of().formatHex(PwKvsCalls.shownKey(items.get(index)));
            PwKvsCalls.equal(where + " item " + index, hex(keys.get(index)), found);
        }
        PwKvsCalls.equal(where + " digest", open.text("digest"), PwKvsCalls.digest(items));
        List<String> unreadable = new ArrayList<>();
        open.find("unreadable").ifPresent(list -> list.forEach(each -> unreadable.add(hex(each))));
        PwKvsCalls.equal(where + " unreadable", unreadable, PwKvsCalls.unreadable(items));
    }

    private static String hex(JsonNode item) {
        return item.has("key_hex")
                ? item.get("key_hex").asText()
                : HexFormat.of().formatHex(item.get("key").asText().getBytes(StandardCharsets.UTF_8));
    }
}

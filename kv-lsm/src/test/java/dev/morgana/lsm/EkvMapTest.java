package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.Helpers;
import com.google.common.collect.testing.TestStringSortedMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.MapEntrySetTester;
import dev.morgana.spi.error.StoreException;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentNavigableMap;
import junit.framework.TestResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The view as a map, by the suite of Guava for maps of its kind. */
@Campaign
class EkvMapTest {
    private static final int LEAST_TESTS = 1_000;

    private static ConcurrentNavigableMap<String, String> map() {
        RamDevice flash = RamDevice.erased(Config.P512_E00.geometry());
        try {
            Ekv.format(flash, Config.P512_E00.options());
            return Ekv.open(flash, Config.P512_E00.options()).asMap(EkvCodec.TEXT, EkvCodec.TEXT);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /** Entries are copies, which cannot be set: so the Javadoc of the view says. */
    private static List<Method> settingOfEntries() {
        return List.of(
                Helpers.getMethod(MapEntrySetTester.class, "testSetValue"),
                Helpers.getMethod(MapEntrySetTester.class, "testSetValueWithNullValuesAbsent"),
                Helpers.getMethod(MapEntrySetTester.class, "testIteratorSetValueAndRemove"));
    }

    @Test
    void passesTheSuiteOfGuava(TestReporter reporter) {
        var suite = ConcurrentNavigableMapTestSuiteBuilder.using(new TestStringSortedMapGenerator() {
                    @Override
                    protected SortedMap<String, String> create(Entry<String, String>[] entries) {
                        ConcurrentNavigableMap<String, String> map = map();
                        for (Entry<String, String> entry : entries) {
                            map.put(entry.getKey(), entry.getValue());
                        }
                        return map;
                    }
                })
                .named("ekv as a map")
                .withFeatures(
                        CollectionSize.ANY,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        MapFeature.GENERAL_PURPOSE)
                .suppressing(settingOfEntries())
                .createTestSuite();
        TestResult result = new TestResult();
        suite.run(result);
        StringBuilder failed = new StringBuilder();
        result.failures()
                .asIterator()
                .forEachRemaining(failure -> failed.append(failure).append('\n'));
        result.errors()
                .asIterator()
                .forEachRemaining(error -> failed.append(error).append('\n'));
        reporter.publishEntry("tests of Guava", Integer.toString(result.runCount()));
        assertThat(failed.toString()).isEmpty();
        assertThat(result.runCount()).isGreaterThanOrEqualTo(LEAST_TESTS);
    }
}

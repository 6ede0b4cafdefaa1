package dev.morgana.tck.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Runs the tests of a contract without JUnit, and tells the items that fail. */
final class ContractRun {
    private ContractRun() {}

    /** The items of a contract that fail on the first variant of its fixture; only some are tried if any are named. */
    static Set<String> failures(StoreContract contract, String... items) throws IllegalAccessException {
        Set<String> tried = Set.of(items);
        Set<String> failed = new TreeSet<>();
        for (Method test : ReflectionSupport.findMethods(
                contract.getClass(),
                method -> method.isAnnotationPresent(StoreTest.class),
                HierarchyTraversalMode.TOP_DOWN)) {
            if ((tried.isEmpty() || tried.contains(item(test))) && fails(contract, test)) {
                failed.add(item(test));
            }
        }
        return failed;
    }

    /** The number before the colon. */
    static String item(Method test) {
        return test.getAnnotation(DisplayName.class).value().split(":", 2)[0];
    }

    private static boolean fails(StoreContract contract, Method test) throws IllegalAccessException {
        StoreFixture fixture = contract.fixture();
        Bench bench = new Bench(fixture, fixture.variants().get(0));
        TestReporter reporter = values -> {};
        Object[] arguments = Arrays.stream(test.getParameterTypes())
                .map(type -> type == Bench.class ? bench : reporter)
                .toArray();
        try {
            test.setAccessible(true);
            test.invoke(contract, arguments);
            bench.expectSound();
            return false;
        } catch (InvocationTargetException e) {
            return !(e.getCause() instanceof TestAbortedException);
        } catch (Exception | AssertionError e) {
            return true;
        } finally {
            close(bench);
        }
    }

    private static void close(Bench bench) {
        try {
            bench.close();
        } catch (IllegalStateException e) {
            assert e.getMessage() != null; // a spoilt store may refuse to close
        }
    }
}

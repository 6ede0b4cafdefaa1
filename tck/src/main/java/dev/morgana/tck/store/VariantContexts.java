package dev.morgana.tck.store;

import dev.morgana.tck.store.StoreTest.On;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link StoreTest} on variants of a store, each on a bench of its own. For JUnit. */
public final class VariantContexts implements TestTemplateInvocationContextProvider {
    /** For JUnit. */
    public VariantContexts() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getTestInstance().orElse(null) instanceof StoreContract;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        StoreFixture fixture = ((StoreContract) context.getRequiredTestInstance()).fixture();
        StoreTest test = context.getRequiredTestMethod().getAnnotation(StoreTest.class);
        return chosen(fixture.variants(), test == null ? On.EVERY : test.value())
                .map(variant -> new OnVariant(variant, new Bench(fixture, variant)));
    }

    private static Stream<Variant> chosen(List<Variant> variants, On on) {
        return switch (on) {
            case EVERY -> TestSize.current() == TestSize.SHORT ? few(variants) : variants.stream();
            case SMALLEST -> smallest(variants).stream();
            case ROOMIEST ->
                variants.stream()
                        .max(Comparator.comparingInt(variant -> variant.room().entries()))
                        .stream();
        };
    }

    /** The variants of a build that everybody waits for: the first one, and the smallest. */
    private static Stream<Variant> few(List<Variant> variants) {
        return Stream.concat(Stream.of(variants.get(0)), smallest(variants).stream())
                .distinct();
    }

    private static Optional<Variant> smallest(List<Variant> variants) {
        return variants.stream().min(Comparator.comparingLong(VariantContexts::size));
    }

    static long size(Variant variant) {
        return variant.geometry().sizeBytes() * variant.devices();
    }

    /** One run of a test. */
    private record OnVariant(Variant variant, Bench bench) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return variant.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new BenchExtension(bench));
        }
    }

    /** Hands the bench to the test, looks over it when the test has passed, and clears it away. */
    private record BenchExtension(Bench bench)
            implements ParameterResolver, AfterTestExecutionCallback, AfterEachCallback {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Bench.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return bench;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) throws Exception {
            if (context.getExecutionException().isEmpty()) {
                bench.expectSound();
            }
        }

        @Override
        public void afterEach(ExtensionContext context) {
            bench.close();
        }
    }
}

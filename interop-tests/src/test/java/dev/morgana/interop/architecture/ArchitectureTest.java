package dev.morgana.interop.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md, over the compiled reactor. */
class ArchitectureTest {
    private static final String SPI = "dev.morgana.spi..";
    private static final List<String> JDK_AND_ANNOTATIONS = List.of("java..", "javax..", "org.jspecify..");

    /** Package of a module's classes, and what they may depend on beside themselves, the JDK and annotations. */
    private static final Map<String, List<String>> MODULES = new TreeMap<>(Map.of(
            "dev.morgana.spi",
            List.of(),
            "dev.morgana.block.drivers",
            List.of(SPI, "jnr.ffi.."),
            "dev.morgana.littlefs",
            List.of(SPI, "org.slf4j.."),
            "dev.morgana.embedkv",
            List.of(SPI, "org.slf4j.."),
            "dev.morgana.lsm",
            List.of(SPI, "org.slf4j.."),
            "dev.morgana.pwkvs",
            List.of(SPI, "org.slf4j.."),
            "dev.morgana.crypt",
            List.of(SPI, "org.bouncycastle.."),
            "dev.morgana.nio",
            List.of(SPI),
            "dev.morgana.tck",
            List.of(SPI, "org.junit.jupiter..", "org.opentest4j..", "org.apiguardian.."),
            "dev.morgana.cli",
            List.of(
                    SPI,
                    "picocli..",
                    "com.fasterxml.jackson.core..",
                    "org.apache.commons.compress..",
                    "org.apache.commons.csv..",
                    "me.tongfei.progressbar..")));

    static {
        MODULES.put(
                "dev.morgana.sftp",
                List.of(SPI, "dev.morgana.nio", "dev.morgana.cli.extension..", "picocli..", "org.apache.sshd.."));
        MODULES.put("dev.morgana.vfs", List.of(SPI, "dev.morgana.nio", "org.apache.commons.vfs2.."));
        MODULES.put(
                "dev.morgana.fuse",
                List.of(
                        SPI,
                        "dev.morgana.nio.tree..",
                        "dev.morgana.cli.extension..",
                        "picocli..",
                        "jnr.ffi..",
                        "ru.serce.jnrfuse.."));
    }

    /** The packages of the backends, and those of their algorithms, from the bottom up. */
    private static final Map<String, List<String>> BACKENDS = Map.of(
            "dev.morgana.littlefs",
            List.of("pair", "space", "log", "file", "chamelon", "exam", "check", "mend"),
            "dev.morgana.embedkv",
            List.of("record"),
            "dev.morgana.pwkvs",
            List.of("sector"),
            "dev.morgana.lsm",
            List.of("tree", "file"),
            "dev.morgana.crypt",
            List.of("seal"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.morgana");

    /** The packages of the SPI, and which of them each may know: the table "Inside the SPI". */
    private static final Map<String, List<String>> SPI_PACKAGES = Map.of(
            "key", List.of(),
            "error", List.of("key"),
            "option", List.of("error", "key"),
            "block", List.of("error"),
            "store", List.of("block", "key", "error"),
            "facet", List.of("store", "option", "key", "error"),
            "provider", List.of("option", "store", "block", "error"),
            "backend", List.of("provider", "store", "block", "key", "error"),
            "adapter", List.of("backend", "facet", "store", "block", "key", "error"));

    /** The packages of the command, and which of them each may know: the table "Inside the command". */
    private static final Map<String, List<String>> COMMAND_PACKAGES = Map.of(
            "extension", List.of(),
            "exchange.host", List.of(),
            "exchange", List.of("exchange.host"),
            "output", List.of("extension", "exchange", "exchange.host"),
            "image", List.of("output", "exchange", "exchange.host"),
            "verb", List.of("image", "output", "exchange", "exchange.host"),
            "verb.hosted", List.of("extension", "verb", "image", "output", "exchange", "exchange.host"),
            "verb.image", List.of("verb", "image", "output", "exchange", "exchange.host"),
            "verb.entry", List.of("verb", "image", "output", "exchange", "exchange.host"),
            "verb.maintenance", List.of("verb", "image", "output", "exchange", "exchange.host"));

    static List<String> commandPackages() {
        return List.copyOf(COMMAND_PACKAGES.keySet());
    }

    static List<String> spiPackages() {
        return List.copyOf(SPI_PACKAGES.keySet());
    }

    static List<String> modules() {
        return List.copyOf(MODULES.keySet());
    }

    static List<String> backends() {
        return List.copyOf(BACKENDS.keySet());
    }

    private static String[] algorithms(String backend) {
        return BACKENDS.get(backend).stream()
                .map(name -> backend + "." + name + "..")
                .toArray(String[]::new);
    }

    @Test
    void everyClassBelongsToAModuleOfThePicture() {
        List<String> strangers = new ArrayList<>();
        for (JavaClass each : CLASSES) {
            boolean known = MODULES.keySet().stream()
                    .anyMatch(module -> each.getPackageName().equals(module)
                            || each.getPackageName().startsWith(module + "."));
            if (!known) {
                strangers.add(each.getName());
            }
        }
        assertThat(strangers).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleDependsOnWhatThePictureAllows(String module) {
        List<String> allowed = new ArrayList<>(JDK_AND_ANNOTATIONS);
        allowed.add(module + "..");
        allowed.addAll(MODULES.get(module));
        classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because("of the table in ARCHITECTURE.md")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().matching(module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true) // a module of one package has no slices
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("spiPackages")
    void aPackageOfTheSpiKnowsWhatThePictureAllows(String name) {
        String spi = "dev.morgana.spi.";
        List<String> allowed = new ArrayList<>(JDK_AND_ANNOTATIONS);
        allowed.add(spi + name);
        SPI_PACKAGES.get(name).forEach(known -> allowed.add(spi + known));
        classes()
                .that()
                .resideInAPackage(spi + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because("of the table Inside the SPI in ARCHITECTURE.md")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("commandPackages")
    void aPackageOfTheCommandKnowsWhatThePictureAllows(String name) {
        String command = "dev.morgana.cli.";
        List<String> others = new ArrayList<>(COMMAND_PACKAGES.keySet());
        others.removeAll(COMMAND_PACKAGES.get(name));
        others.remove(name);
        List<String> forbidden = new ArrayList<>(List.of("dev.morgana.cli"));
        others.forEach(other -> forbidden.add(command + other));
        noClasses()
                .that()
                .resideInAPackage(command + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .because("of the table Inside the command in the README of cli")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void layoutKnowsNoDeviceAndNoAlgorithm(String backend) {
        noClasses()
                .that()
                .resideInAPackage(backend + ".layout..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        backend,
                        backend + ".store..",
                        "dev.morgana.spi.block..",
                        "dev.morgana.spi.store..",
                        "dev.morgana.spi.facet..",
                        "dev.morgana.spi.provider..",
                        "java.util.concurrent..",
                        "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(algorithms(backend))
                .because("codecs are pure functions on bytes")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void algorithmsKnowNoStore(String backend) {
        noClasses()
                .that()
                .resideInAnyPackage(algorithms(backend))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(backend, backend + ".store..")
                .because("arrows inside a backend point downwards")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void algorithmsKnowThoseBelowAlone(String backend) {
        String[] packages = algorithms(backend);
        for (int i = 0; i < packages.length - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(packages[i])
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Arrays.copyOfRange(packages, i + 1, packages.length))
                    .because("arrows inside a backend point downwards")
                    .check(CLASSES);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void onlyRootAndStorePackagesImplementTheSpi(String backend) {
        noClasses()
                .that()
                .resideInAPackage(backend + ".layout..")
                .or()
                .resideInAnyPackage(algorithms(backend))
                .should()
                .implement(dev.morgana.spi.store.Store.class)
                .orShould()
                .implement(dev.morgana.spi.provider.StoreProvider.class)
                .check(CLASSES);
    }
}

package dev.morgana.interop.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Tests that were skipped, in this module and, by what they have left, in those that were built before it. */
final class Skips {
    /** This module: its tests are added one by one. */
    static final String HERE = "interop-tests";

    /** Where a contract finds that it does not apply to what is tested: nothing is missing then. */
    private static final String CONTRACT = "\tat dev.morgana.tck.";

    private static final String ABORTED = "org.opentest4j.TestAbortedException: ";

    private final Map<String, Integer> reasons = new TreeMap<>();
    private int contracts;

    /**
     * Adds a test of this module.
     *
     * @param why the reason, or the exception with its trace that tells it
     */
    void add(String why) {
        add(HERE, why);
    }

    private void add(String module, String why) {
        if (why.contains(CONTRACT)) {
            contracts++;
            return;
        }
        String reason = why.lines().findFirst().orElse("").replace(ABORTED, "").replace("Assumption failed: ", "");
        reasons.merge(module + ": " + reason, 1, Integer::sum);
    }

    /** Adds those of the other modules that have been tested since a time. */
    void addModules(Path reactor, Instant since) {
        try (Stream<Path> modules = Files.walk(reactor, 2)) {
            for (Path module : modules.sorted().toList()) {
                Path reports = module.resolve("target/surefire-reports");
                String name = module.getFileName().toString();
                if (!name.equals(HERE) && Files.isDirectory(reports)) {
                    addReports(name, reports, since);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addReports(String module, Path folder, Instant since) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".xml")).toList()) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    addReport(module, file);
                }
            }
        }
    }

    private void addReport(String module, Path file) throws IOException {
        try {
            NodeList skipped = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("skipped");
            for (int i = 0; i < skipped.getLength(); i++) {
                Element test = (Element) skipped.item(i);
                add(module, test.hasAttribute("message") ? test.getAttribute("message") : test.getTextContent());
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }

    /** For people, a line for each reason; empty if nothing was skipped. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        reasons.forEach((reason, count) -> lines.add("skipped: " + count + " in " + reason));
        if (contracts > 0) {
            lines.add("skipped: " + contracts + " parts of contracts that do not apply to a format or device");
        }
        return lines;
    }
}

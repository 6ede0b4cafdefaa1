package dev.morgana.cli.verb.maintenance;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.io.IOException;
import java.util.Locale;

/** What a check has found, for people and for programs. */
final class FindingText {
    private FindingText() {}

    /** One line. */
    static String line(Output output, Finding finding) {
        return output.styled(colour(finding), word(finding)) + " " + finding.rule() + ": " + finding.position()
                + ": expected " + finding.expected() + ", found " + finding.found()
                + (finding.subject().isEmpty() ? "" : " [" + finding.subject() + "]")
                + (finding.repairable() ? " (repairable)" : "");
    }

    /** The fields of one object. */
    static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("severity", word(finding));
        json.writeStringField("rule", finding.rule());
        Json.position(json, finding.position());
        json.writeStringField("expected", finding.expected());
        json.writeStringField("found", finding.found());
        json.writeStringField("subject", finding.subject());
        json.writeBooleanField("repairable", finding.repairable());
    }

    private static String word(Finding finding) {
        return finding.severity() == Severity.INFO
                ? "note"
                : finding.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String colour(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> "bold,red";
            case WARNING -> "yellow";
            case INFO -> "faint";
        };
    }
}

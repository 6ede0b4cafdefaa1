package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/** The golden images and traces of ekv: see their README. */
final class EkvCases implements FormatCases {
    @Override
    public String format() {
        return "ekv";
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        try {
            new EkvImage(golden, manifest).check();
        } catch (StoreException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
        manifest.passOver("format", "made_by", "note");
        manifest.rejectUnread();
        return Verdict.pass();
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        List<Fields> lines = golden.readTrace();
        IoCount ours = EkvTrace.replay(lines);
        if (!EkvTrace.isFaultless(lines)) {
            return Verdict.pass();
        }
        JsonNode peer = lines.get(lines.size() - 1).get("io");
        return Verdict.pass(ours, EmbedkvBench.peer(peer, ours.mutations()));
    }
}

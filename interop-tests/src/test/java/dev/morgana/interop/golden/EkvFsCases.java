package dev.morgana.interop.golden;

import java.io.IOException;
import java.util.List;

/** The golden images and traces of ekv-fs: see their README. */
final class EkvFsCases implements FormatCases {
    @Override
    public String format() {
        return "ekv-fs";
    }

    @Override
    public Verdict image(GoldenCase golden) {
        Fields manifest = golden.readManifest();
        try {
            new EkvFsImage(golden, manifest).check();
        } catch (IOException e) {
            throw new AssertionError(golden.name() + ": " + e, e);
        }
        manifest.passOver("format", "made_by", "note");
        manifest.rejectUnread();
        return Verdict.pass();
    }

    @Override
    public Verdict trace(GoldenCase golden) {
        List<Fields> lines = golden.readTrace();
        IoCount ours = EkvFsTrace.replay(lines);
        return Verdict.pass(ours, EmbedkvBench.peer(lines.get(lines.size() - 1).get("io"), ours.mutations()));
    }
}

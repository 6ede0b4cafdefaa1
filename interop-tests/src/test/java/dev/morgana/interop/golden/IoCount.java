package dev.morgana.interop.golden;

/** What a trace cost at the device: calls and bytes, counted as the READMEs of the golden data say. */
record IoCount(
        long reads,
        long readBytes,
        long progs,
        long progBytes,
        long erases,
        long eraseBytes,
        long syncs,
        long mutations) {}

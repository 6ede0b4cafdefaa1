package dev.morgana.cli.verb.entry;

import java.util.List;

/** The verbs that work on entries within images. */
public final class EntryVerbs {
    /** In the order in which help shows them. */
    public static final List<Class<?>> ALL = List.of(
            LsVerb.class,
            TreeVerb.class,
            StatVerb.class,
            FindVerb.class,
            DuVerb.class,
            CatVerb.class,
            GetVerb.class,
            ExportVerb.class,
            PutVerb.class,
            ImportVerb.class,
            MkdirVerb.class,
            MvVerb.class,
            CpVerb.class,
            RmVerb.class,
            AttrVerb.class);

    private EntryVerbs() {}
}

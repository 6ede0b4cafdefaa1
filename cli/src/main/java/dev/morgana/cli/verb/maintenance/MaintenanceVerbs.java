package dev.morgana.cli.verb.maintenance;

import java.util.List;

/** The verbs that examine an image as a whole, and change how it is laid out. */
public final class MaintenanceVerbs {
    /** In the order in which help shows them. */
    public static final List<Class<?>> ALL = List.of(
            CheckVerb.class,
            RepairVerb.class,
            DumpVerb.class,
            UsageVerb.class,
            WearVerb.class,
            LogVerb.class,
            DiffVerb.class,
            CompactVerb.class,
            GcVerb.class,
            GrowVerb.class,
            ReconfigureVerb.class);

    private MaintenanceVerbs() {}
}

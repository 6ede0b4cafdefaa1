/**
 * The {@code morgana} command. It knows the service interfaces alone; formats, drivers and verbs of other modules come at run time.
 */
module dev.morgana.cli {
    requires com.fasterxml.jackson.core;
    requires transitive dev.morgana.spi;
    requires info.picocli;
    requires org.apache.commons.compress;
    requires org.apache.commons.csv;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

    exports dev.morgana.cli.extension;

    uses dev.morgana.cli.extension.VerbExtension;

    // picocli sets annotated fields by reflection
    opens dev.morgana.cli to
            info.picocli;
    opens dev.morgana.cli.image to
            info.picocli;
    opens dev.morgana.cli.output to
            info.picocli;
    opens dev.morgana.cli.verb to
            info.picocli;
    opens dev.morgana.cli.verb.entry to
            info.picocli;
    opens dev.morgana.cli.verb.hosted to
            info.picocli;
    opens dev.morgana.cli.verb.image to
            info.picocli;
    opens dev.morgana.cli.verb.maintenance to
            info.picocli;
}

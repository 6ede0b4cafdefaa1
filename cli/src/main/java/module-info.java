/** The {@code morgana} command. It knows the service interfaces alone; formats and drivers come at run time. */
module dev.morgana.cli {
    requires com.fasterxml.jackson.core;
    requires dev.morgana.spi;
    requires info.picocli;
    requires org.apache.commons.compress;
    requires org.apache.commons.csv;
    requires me.tongfei.progressbar;
    requires static org.jspecify;

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
    opens dev.morgana.cli.verb.image to
            info.picocli;
    opens dev.morgana.cli.verb.maintenance to
            info.picocli;
}

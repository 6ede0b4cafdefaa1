package dev.morgana.cli.extension;

/**
 * A verb of another module, found by {@link java.util.ServiceLoader}. Its class bears picocli's {@code @Command} with the name, the
 * description and an example, and its fields picocli's options and parameters; its package is open to picocli. The options that all
 * verbs have ({@code -O}, {@code --json}, {@code --quiet}, {@code --stacktrace}, {@code --help}) are there by themselves.
 */
public interface VerbExtension {
    /**
     * The word before the name, such as {@code serve} for {@code serve sftp}.
     *
     * @return the word, or the empty text for a verb of one word
     */
    default String group() {
        return "";
    }

    /**
     * Does the work, after the words of the command line have gone into the fields.
     *
     * @param context the images and the output of this run
     * @throws VerbException if the words make no sense, or the host lacks something
     * @throws Exception for this, and for whatever else goes wrong: an error of a store or of the host is told in one line
     */
    void run(VerbContext context) throws Exception;
}

package dev.morgana.cli.verb.image;

import java.util.List;

/** The target cannot hold everything, and nobody has said that this is all right. */
final class LossException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> losses;

    LossException(List<String> losses) {
        super(losses.size() + " losses");
        this.losses = List.copyOf(losses);
    }

    List<String> losses() {
        return losses;
    }
}

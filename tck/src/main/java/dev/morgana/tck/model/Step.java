package dev.morgana.tck.model;

/**
 * One step of a random sequence.
 *
 * @param operation what is done
 * @param reopen whether the store is reopened after it
 */
public record Step(Operation operation, boolean reopen) {
    @Override
    public String toString() {
        return operation + (reopen ? ", then reopen" : "");
    }
}

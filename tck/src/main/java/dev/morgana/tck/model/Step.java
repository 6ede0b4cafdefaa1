package dev.morgana.tck.model;

/** One step of a random sequence: an operation, and whether the store is reopened after it. */
record Step(Operation operation, boolean reopen) {
    @Override
    public String toString() {
        return operation + (reopen ? ", then reopen" : "");
    }
}

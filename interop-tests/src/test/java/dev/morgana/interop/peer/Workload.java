package dev.morgana.interop.peer;

import java.util.Random;

/** Where the changes of an alternation come from. */
interface Workload {
    /** The type of an entry that is no directory, in the words of the protocol. */
    String leaf();

    /** A change that is possible in the state of the model. */
    Step next(Random random, Model model);
}

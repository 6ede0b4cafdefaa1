package dev.morgana.tck.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.function.Executable;

/** Runs tasks at the same time and reports the first thing that went wrong in any of them. */
final class Threads {
    private Threads() {}

    static void run(List<Executable> tasks) throws InterruptedException {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Executable task : tasks) {
            Thread thread = new Thread(() -> run(task, failures), "user " + threads.size());
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a thread failed", failures.peek());
        }
    }

    private static void run(Executable task, Queue<Throwable> failures) {
        try {
            task.execute();
        } catch (Throwable e) {
            failures.add(e);
        }
    }
}

package io.pentameter.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tasks that run at the same time, each after those it needs. Ends with the first that fails. */
final class StartOrder {

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final List<CompletableFuture<Void>> tasks = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** A task on its way, for others to need. */
    record Task(CompletableFuture<Void> end) {}

    /** Runs {@code task} when all of {@code needs} are done, and never if one of them fails. */
    Task run(Runnable task, Task... needs) {
        CompletableFuture<?>[] ends = Arrays.stream(needs).map(Task::end).toArray(CompletableFuture[]::new);
        CompletableFuture<Void> started = CompletableFuture.allOf(ends).thenRunAsync(task, threads);
        CompletableFuture<Void> watched = started.whenComplete((_, error) -> {
            if (error != null) {
                failure.completeExceptionally(error);
            }
        });
        tasks.add(watched);
        return new Task(watched);
    }

    /** Returns when all are done, or throws what the first of them threw and interrupts the others. */
    void await() {
        CompletableFuture<Void> all = CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failure).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.pentameter.ingest.publish;

import io.pentameter.contracts.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log in a list. It can be made to fail, to refuse large records, and to hold its acknowledgements back. */
public final class InMemoryLog implements RecordLog {

    private final Map<Topics, List<LogRecord>> records = new EnumMap<>(Topics.class);
    private final List<Runnable> held = new ArrayList<>();
    private boolean isHolding;
    private @Nullable Topics broken;
    private int maxBytes = Integer.MAX_VALUE;

    @Override
    public synchronized CompletionStage<Appended> append(Topics topic, List<LogRecord> appended) {
        if (topic == broken) {
            return CompletableFuture.failedStage(new LogUnavailableException(new IllegalStateException("away")));
        }
        List<LogRecord> fitting =
                appended.stream().filter(r -> r.value().length <= maxBytes).toList();
        records.computeIfAbsent(topic, _ -> new ArrayList<>()).addAll(fitting);
        CompletableFuture<Appended> acknowledged = new CompletableFuture<>();
        Appended result = new Appended(fitting.size(), appended.size() - fitting.size());
        if (isHolding) {
            held.add(() -> acknowledged.complete(result));
        } else {
            acknowledged.complete(result);
        }
        return acknowledged;
    }

    /** From now on nothing is acknowledged until {@link #release}. */
    public synchronized void hold() {
        isHolding = true;
    }

    /** Acknowledges what was held back so far, and holds on. */
    public void release() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    public synchronized void breakTopic(Topics topic) {
        broken = topic;
    }

    public synchronized void refuseAbove(int bytes) {
        maxBytes = bytes;
    }

    public synchronized List<LogRecord> of(Topics topic) {
        return List.copyOf(records.getOrDefault(topic, List.of()));
    }
}

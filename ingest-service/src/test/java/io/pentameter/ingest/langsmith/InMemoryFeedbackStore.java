package io.pentameter.ingest.langsmith;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Feedback in memory; as strict about tenants as the real store. */
final class InMemoryFeedbackStore implements FeedbackStore {

    private record Key(String tenant, String id) {}

    private final Map<Key, Kept> kept = new HashMap<>();

    @Override
    public void put(String tenant, Kept feedback) {
        kept.merge(
                new Key(tenant, feedback.id()),
                feedback,
                (old, now) -> new Kept(
                        now.id(),
                        now.runId(),
                        now.traceId(),
                        now.source(),
                        now.score(),
                        old.createdAt(),
                        now.modifiedAt()));
    }

    @Override
    public Optional<Kept> get(String tenant, String id) {
        return Optional.ofNullable(kept.get(new Key(tenant, id)));
    }

    @Override
    public void remove(String tenant, String id) {
        kept.remove(new Key(tenant, id));
    }
}

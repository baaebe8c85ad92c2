package io.pentameter.ingest.change;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.signal.DerivedId;
import io.pentameter.ingest.signal.Form;
import io.pentameter.ingest.signal.Signal;
import io.pentameter.ingest.signal.SignalOrigin;
import io.pentameter.ingest.signal.SignalReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads changes, and finds everything that is wrong with one at once. */
final class ChangeReader implements SignalReader {

    static final List<String> KINDS =
            List.of("deploy", "prompt", "model", "price", "knowledge_base", "incident", "other");

    /** How long ago a change may have happened. */
    static final Duration MAX_AGE = Duration.ofDays(400);

    /** Changes may be announced: a deploy of tomorrow. */
    static final Duration MAX_AHEAD = Duration.ofDays(30);

    private static final int SCHEMA_VERSION = 1;

    private final Supplier<String> newId;

    /** @param newId makes an id where neither the client nor the change gives one */
    ChangeReader(Supplier<String> newId) {
        this.newId = newId;
    }

    @Override
    public String word() {
        return "change";
    }

    @Override
    public Topics topic() {
        return Topics.CHANGES;
    }

    @Override
    public Signal read(Form form, SignalOrigin origin, @Nullable String givenId) {
        String kind = form.word("kind", KINDS);
        if (!form.has("kind")) {
            form.wrong("kind", "must be one of " + String.join(", ", KINDS) + ": (absent)");
        }
        Form scope = form.object("scope");
        long occurredAtUs = form.timeUs("occurredAt", origin.nowUs(), MAX_AGE, MAX_AHEAD);
        long endedAtUs = form.timeUs("endedAt", origin.nowUs(), MAX_AGE, MAX_AHEAD);
        if (endedAtUs != 0 && endedAtUs < (occurredAtUs == 0 ? origin.nowUs() : occurredAtUs)) {
            form.wrong("endedAt", "must not be before occurredAt");
        }
        ChangeRecord.Builder change = ChangeRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(origin.tenant())
                .setKind(kind)
                .setTitle(origin.redacted(form.requiredText("title", Form.MAX_ID)))
                .setOccurredAtUs(occurredAtUs == 0 ? origin.nowUs() : occurredAtUs)
                .setEndedAtUs(endedAtUs)
                .setReceivedAtUs(origin.nowUs())
                .setKeyId(origin.sender().keyId())
                .setFeature(part(scope, "feature", origin))
                .setEnvironment(part(scope, "environment", origin))
                .setProvider(part(scope, "provider", origin))
                .setModel(part(scope, "model", origin))
                .setPromptName(part(scope, "promptName", origin))
                .setPromptVersion(part(scope, "promptVersion", origin))
                .setRelease(part(scope, "release", origin));
        scope.refuseOthers();
        form.attributes("attributes").forEach((key, value) -> change.putAttributes(key, origin.redacted(value)));
        change.setChangeId(id(form, change, occurredAtUs, givenId));
        form.refuseOthers();
        byte[] key = PartitionKey.ofTenant(origin.tenant());
        return new Signal(
                change.getChangeId(),
                List.of(),
                List.of(new LogRecord(key, change.build().toByteArray())));
    }

    private static String part(Form scope, String field, SignalOrigin origin) {
        return origin.dimension(scope.text(field, Form.MAX_ID));
    }

    /** The client's, else one made of what, where and when; without a time it cannot be told from a repeat. */
    private String id(Form form, ChangeRecord.Builder change, long occurredAtUs, @Nullable String givenId) {
        String own = form.text("id", Form.MAX_ID);
        if (!own.isEmpty()) {
            return own;
        }
        if (givenId != null) {
            return givenId;
        }
        if (occurredAtUs == 0) {
            return newId.get();
        }
        return DerivedId.of(
                "ch_",
                change.getTenant(),
                change.getKind(),
                change.getTitle(),
                change.getFeature(),
                change.getEnvironment(),
                change.getProvider(),
                change.getModel(),
                change.getPromptName(),
                change.getPromptVersion(),
                change.getRelease(),
                Long.toString(occurredAtUs));
    }
}

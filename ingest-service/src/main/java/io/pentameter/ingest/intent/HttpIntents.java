package io.pentameter.ingest.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ClassifierModel;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.ingest.audit.Act;
import io.pentameter.ingest.classify.ClassifyConfig;
import io.pentameter.ingest.classify.Training;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.ingest.signal.DerivedId;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trains tenants' classifiers, one at a time, and tells all instances. */
@Singleton
class HttpIntents {

    private static final int SCHEMA_VERSION = 1;
    private static final String KIND = "classifier";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PostgresIntents store;
    private final RecordLog log;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final ClassifyConfig config;
    private final Semaphore turn = new Semaphore(1);

    HttpIntents(PostgresIntents store, RecordLog log, ObjectMapper json, InstantSource clock, ClassifyConfig config) {
        this.store = store;
        this.log = log;
        this.json = json;
        this.clock = clock;
        this.config = config;
    }

    /** A change of examples, and its entry in the audit log, which is written first: if it cannot be, nothing happens. */
    <T> T change(Caller caller, Act act, @Nullable String requestId, PostgresIntents.Work<T> work) {
        return guarded(() -> store.transaction(caller.requireTenant(), connection -> {
            T result = work.in(connection);
            append(Topics.AUDIT, act.by(caller, clock.instant(), requestId));
            return result;
        }));
    }

    <T> T read(String tenant, PostgresIntents.Work<T> work) {
        return guarded(() -> store.transaction(tenant, work));
    }

    /** Trains from the examples that there are. The log has the model before the database says that it is in force. */
    Training train(Caller caller, @Nullable String requestId) {
        String tenant = caller.requireTenant();
        List<Training.Labelled> examples = read(tenant, connection -> PostgresIntents.examples(connection, tenant));
        require(examples);
        Training training = inTurn(examples);
        String version = DerivedId.of("own-", Integer.toString(examples.size()), examples.toString())
                .substring(0, 16);
        publish(caller, requestId, version, training);
        return training;
    }

    /** Goes back to the default. */
    void useDefault(Caller caller, @Nullable String requestId) {
        publish(caller, requestId, "", null);
    }

    private static void require(List<Training.Labelled> examples) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        examples.forEach(it -> counts.merge(it.label(), 1, Integer::sum));
        if (counts.size() < Training.MIN_LABELS || counts.size() > Training.MAX_LABELS) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "there must be examples of %d to %d labels: %d"
                            .formatted(Training.MIN_LABELS, Training.MAX_LABELS, counts.size()));
        }
        counts.forEach((label, count) -> {
            if (count < Training.MIN_PER_LABEL) {
                throw new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "a label must have %d examples or more: %s has %d"
                                .formatted(Training.MIN_PER_LABEL, label, count));
            }
        });
    }

    private Training inTurn(List<Training.Labelled> examples) {
        try {
            if (!turn.tryAcquire(config.maxTrainingWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw away("another training is going on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("interrupted");
        }
        try {
            return Training.of(examples)
                    .orElseThrow(() -> new ProblemException(
                            ProblemKind.UNPROCESSABLE,
                            "the classifier would be too large: use fewer labels, or shorter examples"));
        } finally {
            turn.release();
        }
    }

    private void publish(Caller caller, @Nullable String requestId, String version, @Nullable Training training) {
        String tenant = caller.requireTenant();
        Instant now = clock.instant();
        Act act = training == null
                ? new Act("classifier.reset", "intent", Map.of())
                : new Act(
                        "classifier.train",
                        "intent",
                        Map.of("version", version, "examples", Integer.toString(training.examples())));
        String quality = training == null ? "{}" : written(training.quality());
        guarded(() -> store.transaction(tenant, connection -> {
            long number = PostgresIntents.trained(connection, tenant, version, now, quality);
            append(Topics.AUDIT, act.by(caller, now, requestId));
            append(Topics.TENANT_CONFIG, record(tenant, number, now, version, training));
            return number;
        }));
    }

    private static LogRecord record(
            String tenant, long number, Instant now, String version, @Nullable Training training) {
        ClassifierModel.Builder model = ClassifierModel.newBuilder().setVersion(version);
        if (training != null) {
            model.setModel(ByteString.copyFrom(training.model()))
                    .addAllLabels(training.labels())
                    .setExamples(training.examples());
        }
        TenantConfigRecord record = TenantConfigRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(tenant)
                .setKind(KIND)
                .setVersion(number)
                .setChangedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                .setClassifier(model)
                .build();
        return new LogRecord(PartitionKey.ofTenant(tenant, KIND), record.toByteArray());
    }

    private void append(Topics topic, LogRecord record) {
        log.append(topic, List.of(record)).toCompletableFuture().join();
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (PostgresIntents.AwayException e) {
            throw away(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                throw away("the log did not confirm");
            }
            throw e;
        }
    }

    private String written(Training.Quality quality) {
        try {
            return json.writeValueAsString(quality);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers can be written", e);
        }
    }

    private static ProblemException away(String reason) {
        return new ProblemException(Problem.of(ProblemKind.UNAVAILABLE, reason + "; send it again"), RETRY);
    }
}

package io.pentameter.aggregation.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.mapping.RawRecord;
import io.pentameter.aggregation.mapping.SpanMapper;
import io.pentameter.aggregation.settlement.AllTenantsSettlement;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.SpanRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the real broker and the real engine. */
class SinkExactlyOnceTest {

    private static final Instant NOON = Spans.noon();
    private static final Store STORE = Store.of("sink_test");
    private static final Log LOG = new Log();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String topic = "spans.test-" + NUMBER.incrementAndGet();
    private final String tenant = "tenant-" + NUMBER.get();
    private final Spans spans = new Spans(NUMBER.get());
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final SinkProgress progress = new SinkProgress();

    @AfterAll
    static void close() {
        LOG.close();
    }

    @Test
    void everySpanIsStoredOnceAndCounted() throws Exception {
        LOG.create(topic, 3);
        LOG.send(topic, spans.any(tenant, NOON, 600, 2000));

        try (Running _ = run(STORE.inserts(), _ -> {})) {
            awaitTaken(2000);
        }

        assertThat(raw()).isEqualTo(2000);
        assertThat(STORE.number("SELECT count() FROM span FINAL WHERE tenant = '" + tenant + "'"))
                .isEqualTo(2000);
        assertThat(progress.visibleUntil()).isPresent();
    }

    @Test
    void aSpanThatHasMovedIsOnlyWhereItIsNow() throws Exception {
        LOG.create(topic, 1);
        SpanRecord guessed = spans.request(tenant, NOON).build();
        long later = guessed.getReceivedAtUs() + 1;
        Instant really = NOON.minusSeconds(7_200);
        SpanRecord mark = SpanRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKeyId(guessed.getKeyId())
                .setTraceId(guessed.getTraceId())
                .setSpanId(guessed.getSpanId())
                .setStartNs(guessed.getStartNs())
                .setReceivedAtUs(later)
                .setIsDeleted(true)
                .build();
        SpanRecord moved = guessed.toBuilder()
                .setStartNs(really.getEpochSecond() * 1_000_000_000L)
                .setReceivedAtUs(later)
                .build();
        LOG.send(topic, List.of(guessed, mark, moved));

        try (Running _ = run(STORE.inserts(), _ -> {})) {
            awaitTaken(3);
        }

        assertThat(STORE.number("SELECT count() FROM span FINAL WHERE tenant = '" + tenant + "'"))
                .isEqualTo(1);
        assertThat(STORE.number("SELECT toUnixTimestamp(max(start)) FROM span FINAL WHERE tenant = '" + tenant + "'"))
                .isEqualTo(really.getEpochSecond());
    }

    @ParameterizedTest
    @EnumSource(KafkaSinkLoop.Step.class)
    void aCrashAtAnyStepStoresNothingTwiceAndLosesNothing(KafkaSinkLoop.Step step) throws Exception {
        LOG.create(topic, 3);
        for (int crash = 0; crash < 3; crash++) {
            LOG.send(topic, spans.any(tenant, NOON, 600, 500));
            run(STORE.inserts(), at -> {
                        if (at == step) {
                            throw new KafkaSinkLoop.SimulatedCrash();
                        }
                    })
                    .join();
        }
        LOG.send(topic, spans.any(tenant, NOON, 600, 500));

        try (Running _ = run(STORE.inserts(), _ -> {})) {
            awaitTaken(2000);
        }

        assertThat(raw()).isEqualTo(2000);
        assertThat(taken()).isEqualTo(2000);
    }

    @Test
    void aCrashBetweenTheTablesOfABatchIsRepaired() throws Exception {
        LOG.create(topic, 2);
        LOG.send(topic, spans.any(tenant, NOON, 600, 800));
        AtomicInteger inserts = new AtomicInteger();
        Inserts dying = (table, columns, rows, token) -> {
            if (inserts.incrementAndGet() == 2) {
                throw new KafkaSinkLoop.SimulatedCrash();
            }
            return STORE.inserts().insert(table, columns, rows, token);
        };
        run(dying, _ -> {}).join();

        try (Running _ = run(STORE.inserts(), _ -> {})) {
            awaitTaken(800);
        }

        assertThat(raw()).isEqualTo(800);
        long payloads = STORE.number("SELECT count() FROM span_payload WHERE tenant = '" + tenant + "'");
        assertThat(payloads)
                .isEqualTo(
                        STORE.number("SELECT countIf(input_preview != '') FROM span WHERE tenant = '" + tenant + "'"));
    }

    @Test
    void whileTheEngineIsAwayNothingIsLostAndNothingIsDropped() throws Exception {
        LOG.create(topic, 1);
        LOG.send(topic, spans.any(tenant, NOON, 600, 300));
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger tries = new AtomicInteger();
        Inserts flaky = (table, columns, rows, token) -> {
            tries.incrementAndGet();
            return away.get() ? new Insertion.Away("test") : STORE.inserts().insert(table, columns, rows, token);
        };

        try (Running _ = run(flaky, _ -> {})) {
            await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() >= 3);
            away.set(false);
            awaitTaken(300);
        }

        assertThat(raw()).isEqualTo(300);
        assertThat(letters).isEmpty();
    }

    @Test
    void whatCannotBeStoredBecomesADeadLetterAndTheRestIsStored() throws Exception {
        LOG.create(topic, 1);
        byte[] key = (tenant + "\0trace").getBytes(StandardCharsets.UTF_8);
        LOG.send(topic, spans.any(tenant, NOON, 600, 100));
        LOG.send(topic, key, "no protobuf at all".getBytes(StandardCharsets.UTF_8));
        SpanRecord noTrace = spans.request(tenant, NOON).clearTraceId().build();
        LOG.send(topic, key, noTrace.toByteArray());
        LOG.send(topic, spans.any(tenant, NOON, 600, 100));

        try (Running _ = run(STORE.inserts(), _ -> {})) {
            awaitTaken(202);
        }

        assertThat(raw()).isEqualTo(200);
        assertThat(letters).containsExactlyInAnyOrder("undecodable", "invalid_trace_id");
        assertThat(STORE.all(
                        "SELECT reason, sum(records) FROM sunk WHERE tenant = '" + tenant
                                + "' GROUP BY reason ORDER BY reason",
                        row -> row.getString(1) + "=" + row.getLong(2)))
                .containsExactly("=200", "invalid_trace_id=1", "undecodable=1");
        assertThat(STORE.number("SELECT count() FROM dead_letter FINAL WHERE tenant = '" + tenant + "'"))
                .isEqualTo(2);
    }

    @Test
    void aRecordThatTheEngineRefusesIsFoundByHalvingAndTheOthersAreStored() throws Exception {
        LOG.create(topic, 1);
        List<SpanRecord> sent = new ArrayList<>(spans.any(tenant, NOON, 600, 60));
        sent.set(17, sent.get(17).toBuilder().setName("poison").build());
        LOG.send(topic, sent);
        Inserts refusing = (table, columns, rows, token) ->
                table.equals("span") && text(rows).contains("poison")
                        ? new Insertion.Refused("engine_code_469")
                        : STORE.inserts().insert(table, columns, rows, token);

        try (Running _ = run(refusing, _ -> {})) {
            awaitTaken(60);
        }

        assertThat(raw()).isEqualTo(59);
        assertThat(letters).containsExactly("engine_code_469");
    }

    @Test
    void theEngineItselfRefusesWhatBreaksAConstraint() {
        var rows = new io.pentameter.aggregation.mapping.BatchRows();
        RawRecord good = new RawRecord(
                topic, 0, 1, 0, new byte[0], spans.request("acme", NOON).build().toByteArray());
        assertThat(new SpanMapper().map(good, rows)).isEmpty();
        var table = io.pentameter.aggregation.mapping.SpanRows.TABLE;
        var cut = new io.pentameter.aggregation.engine.RowBinary();
        cut.string("");

        assertThat(STORE.inserts().insert("span", table.columns(), cut, "cut " + topic))
                .isInstanceOf(Insertion.Refused.class);
        assertThat(STORE.inserts().insert("span", table.columns(), rows.of(table), "good " + topic))
                .isInstanceOf(Insertion.Stored.class);
        assertThat(STORE.inserts().insert("no_such_table", table.columns(), rows.of(table), "away " + topic))
                .isInstanceOf(Insertion.Away.class);
    }

    private static String text(io.pentameter.aggregation.engine.RowBinary rows) {
        var out = new java.io.ByteArrayOutputStream();
        try {
            rows.writeTo(out);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private void awaitTaken(long records) {
        await().atMost(Duration.ofSeconds(60)).until(() -> taken() >= records);
    }

    /** Rows as they were inserted, duplicates included. */
    private long raw() {
        return STORE.number("SELECT count() FROM span WHERE tenant = '" + tenant + "'");
    }

    private long taken() {
        return STORE.number("SELECT sum(records) FROM sunk WHERE tenant = '" + tenant + "'");
    }

    private Running run(Inserts inserts, java.util.function.Consumer<KafkaSinkLoop.Step> onStep) {
        KafkaSinkLoop loop = new KafkaSinkLoop(
                new KafkaSinkLoop.Parts(
                        LOG.member("group-" + topic),
                        Set.of(topic),
                        new KafkaRangeReader(LOG::reader, Clock.systemUTC()),
                        new BatchWriter(
                                Map.of(topic, new SpanMapper()),
                                inserts,
                                topic,
                                new AllTenantsSettlement(STORE.reads(), STORE.reads(), inserts)),
                        (_, reason) -> letters.add(reason),
                        new SinkLimits(400, 1 << 20, Duration.ofMillis(100)),
                        Duration.ofMillis(100),
                        new SinkMeters(new SimpleMeterRegistry(), "test"),
                        onStep),
                progress,
                Clock.systemUTC());
        return new Running(loop, Thread.ofPlatform().start(loop));
    }

    private record Running(KafkaSinkLoop loop, Thread thread) implements AutoCloseable {

        void join() {
            await().atMost(Duration.ofSeconds(60)).until(() -> !thread.isAlive());
        }

        @Override
        public void close() {
            loop.close();
            join();
        }
    }
}

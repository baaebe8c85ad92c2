package io.pentameter.aggregation.sink;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.mapping.AlertMapper;
import io.pentameter.aggregation.mapping.AuditMapper;
import io.pentameter.aggregation.mapping.ChangeMapper;
import io.pentameter.aggregation.mapping.IntakeMapper;
import io.pentameter.aggregation.mapping.MetricMapper;
import io.pentameter.aggregation.mapping.OutcomeMapper;
import io.pentameter.aggregation.mapping.RecordMapper;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.mapping.SpanMapper;
import io.pentameter.aggregation.settlement.AllTenantsSettlement;
import io.pentameter.aggregation.settlement.Settlement;
import io.pentameter.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the sink's two loops, one for the spans and one for everything else, as long as the service runs. */
@ApplicationScoped
class SinkJob {

    private static final Logger LOG = Logger.getLogger(SinkJob.class);
    private static final Duration END_LIMIT = Duration.ofSeconds(15);
    private static final String COUNTED = Topics.SPANS.topicName();

    private static final Map<String, RecordMapper> SPANS = Map.of(Topics.SPANS.topicName(), new SpanMapper());
    private static final Map<String, RecordMapper> FACTS = Map.of(
            Topics.SCORES.topicName(), new ScoreMapper(),
            Topics.OUTCOMES.topicName(), new OutcomeMapper(),
            Topics.CHANGES.topicName(), new ChangeMapper(),
            Topics.METRICS.topicName(), new MetricMapper(),
            Topics.ALERTS.topicName(), new AlertMapper(),
            Topics.AUDIT.topicName(), new AuditMapper(),
            Topics.ACCOUNTING.topicName(), new IntakeMapper());

    private final SinkConfig config;
    private final KafkaClientsConfig clients;
    private final Reads reads;
    private final Statements statements;
    private final Inserts inserts;
    private final SinkProgress progress;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final List<KafkaSinkLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable Producer<byte[], byte[]> producer;

    SinkJob(
            SinkConfig config,
            KafkaClientsConfig clients,
            Reads reads,
            Statements statements,
            Inserts inserts,
            SinkProgress progress,
            InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.clients = clients;
        this.reads = reads;
        this.statements = statements;
        this.inserts = inserts;
        this.progress = progress;
        this.clock = clock;
        this.meters = meters;
    }

    /** After the migrations. */
    void start(@Observes @Priority(200) StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        Gauge.builder("pentameter.sink.lag", progress, SinkProgress::lag)
                .description("records of the spans' topic that are not stored")
                .register(meters);
        Producer<byte[], byte[]> letters = clients.producer();
        producer = letters;
        Settlement ofTraces = new AllTenantsSettlement(reads, statements, inserts);
        start("spans", config.group(), new BatchWriter(SPANS, inserts, COUNTED, ofTraces), progress, letters);
        BatchWriter facts = new BatchWriter(FACTS, inserts, COUNTED, Settlement.NONE);
        start("facts", config.group() + "-facts", facts, new SinkProgress(), letters);
    }

    void stop(@Observes ShutdownEvent event) {
        loops.forEach(KafkaSinkLoop::close);
        for (Thread thread : threads) {
            try {
                if (!thread.join(END_LIMIT)) {
                    LOG.warnf("a sink loop did not end in time thread=%s", thread.getName());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private void start(
            String name,
            String group,
            BatchWriter writer,
            SinkProgress loopProgress,
            Producer<byte[], byte[]> letters) {
        KafkaSinkLoop loop = new KafkaSinkLoop(
                new KafkaSinkLoop.Parts(
                        clients.member(group),
                        writer.topics(),
                        new KafkaRangeReader(clients::reader, clock),
                        writer,
                        new KafkaDeadLetters(letters),
                        new SinkLimits(config.maxRecords(), config.maxBytes(), config.maxAge()),
                        config.retryPause(),
                        new SinkMeters(meters, name),
                        _ -> {}),
                loopProgress,
                clock);
        loops.add(loop);
        threads.add(Thread.ofPlatform().name("sink-" + name).start(loop));
    }
}

package io.pentameter.contracts;

import java.util.List;

/**
 * The topics of the log: name, partitions, key and whether old values of a key are compacted away.
 *
 * <p>The number of partitions of a topic is never changed once it has data: the key decides the partition, and the
 * order per key would be lost.
 */
public enum Topics {
    /** {@code SpanRecord}; key {@link PartitionKey#ofTrace}. */
    SPANS("spans.v1", 6, false),
    /** {@code ScoreRecord}; key as for spans, so that a score follows its span. */
    SCORES("scores.v1", 3, false),
    /** {@code OutcomeRecord}; key = tenant and outcome id. */
    OUTCOMES("outcomes.v1", 1, false),
    /** {@code ChangeRecord}; key = tenant. */
    CHANGES("changes.v1", 1, false),
    /** {@code MetricRecord}; key = tenant and series. */
    METRICS("metrics.v1", 2, false),
    /** {@code AlertRecord}; key = tenant and fingerprint. */
    ALERTS("alerts.v1", 1, false),
    /** {@code AuditRecord}; key = tenant. */
    AUDIT("audit.v1", 1, false),
    /** {@code IntakeRecord}; key = tenant. */
    ACCOUNTING("accounting.v1", 1, false),
    /** {@code TenantConfigRecord}; key = tenant and kind. */
    TENANT_CONFIG("tenant-config.v1", 1, true),
    /** Records of {@link #SPANS} that could not be stored, with the reason in headers. */
    SPANS_DLQ("spans.v1.dlq", 1, false),
    /** Records of {@link #SCORES} that could not be stored. */
    SCORES_DLQ("scores.v1.dlq", 1, false);

    private final String topicName;
    private final int partitions;
    private final boolean compacted;

    Topics(String topicName, int partitions, boolean compacted) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.compacted = compacted;
    }

    /** Name in the log; the suffix is the schema's major version. */
    public String topicName() {
        return topicName;
    }

    /** Partitions to create it with, 1 or more. */
    public int partitions() {
        return partitions;
    }

    /** Whether only the last value of each key is kept for ever. */
    public boolean isCompacted() {
        return compacted;
    }

    /** All topics, in the order of declaration. */
    public static List<Topics> all() {
        return List.of(values());
    }
}

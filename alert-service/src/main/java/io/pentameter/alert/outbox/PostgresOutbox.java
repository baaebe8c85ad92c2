package io.pentameter.alert.outbox;

import com.google.protobuf.MessageLite;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/**
 * Keeps a record for the log in the transaction of the change that it tells of: either both happen or neither.
 *
 * <p>{@code OutboxJob} brings it to the broker soon afterwards, at least once, in the order of writing.
 */
@ApplicationScoped
public class PostgresOutbox {

    private final InstantSource clock;

    PostgresOutbox(InstantSource clock) {
        this.clock = clock;
    }

    /** @param key what the record is ordered by */
    public void add(PostgresTransaction transaction, String tenant, Topics topic, byte[] key, MessageLite message) {
        PostgresOutboxRow row = new PostgresOutboxRow();
        row.tenant = tenant;
        row.topic = topic.topicName();
        row.recordKey = key;
        row.record = message.toByteArray();
        row.createdAt = clock.instant();
        transaction.insert(row);
    }
}

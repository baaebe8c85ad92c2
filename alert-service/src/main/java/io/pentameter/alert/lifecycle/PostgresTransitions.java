package io.pentameter.alert.lifecycle;

import io.pentameter.alert.delivery.Notice;
import io.pentameter.alert.delivery.PostgresNotices;
import io.pentameter.alert.lifecycle.AlertState.Firing;
import io.pentameter.alert.lifecycle.AlertState.Inactive;
import io.pentameter.alert.lifecycle.AlertState.Pending;
import io.pentameter.alert.lifecycle.AlertState.Resolved;
import io.pentameter.alert.outbox.PostgresOutbox;
import io.pentameter.alert.rule.Condition;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.RuleDefinition;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AlertRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells of transitions: the topic of all of them, people of those that concern them. */
@ApplicationScoped
class PostgresTransitions {

    private final PostgresOutbox outbox;
    private final PostgresNotices notices;
    private final String publicUrl;

    PostgresTransitions(
            PostgresOutbox outbox,
            PostgresNotices notices,
            @ConfigProperty(name = "pentameter.public.url") String publicUrl) {
        this.outbox = outbox;
        this.notices = notices;
        this.publicUrl = publicUrl;
    }

    /** Returns the word of the state that was reached. */
    String tell(PostgresTransaction transaction, Rule rule, PostgresAlertRow row, AlertState reached, Instant at) {
        String word = word(reached);
        outbox.add(
                transaction,
                row.tenant,
                Topics.ALERTS,
                PartitionKey.ofTenant(row.tenant, row.fingerprint),
                record(row, word, at));
        switch (reached) {
            case Firing _ ->
                notices.fire(
                        transaction,
                        notice(Notice.Kind.FIRING, rule, row, at),
                        rule.definition().destinations());
            case Resolved _ -> notices.resolve(transaction, notice(Notice.Kind.RESOLVED, rule, row, at));
            case Inactive _, Pending _ -> {
                // nobody was told, so nobody needs to be
            }
        }
        return word;
    }

    private static String word(AlertState state) {
        return switch (state) {
            case Inactive _ -> "inactive";
            case Pending _ -> "pending";
            case Firing _ -> "firing";
            case Resolved _ -> "resolved";
        };
    }

    private static AlertRecord record(PostgresAlertRow row, String state, Instant at) {
        return AlertRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(row.tenant)
                .setTransitionId(row.id + ":" + state)
                .setFingerprint(row.fingerprint)
                .setRuleId(row.ruleId)
                .setRuleName(row.ruleName)
                .setState(state)
                .setSeverity(row.severity)
                .setAtUs(TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000)
                .setValue(row.value.doubleValue())
                .setThreshold(row.threshold.doubleValue())
                .putAllGroup(GroupText.read(row.dimensions))
                .setSample(row.sample)
                .build();
    }

    private Notice notice(Notice.Kind kind, Rule rule, PostgresAlertRow row, Instant at) {
        RuleDefinition definition = rule.definition();
        Condition condition = definition.condition();
        String unit = condition.measure().unit();
        return new Notice(
                kind,
                at,
                new Notice.Episode(
                        row.tenant,
                        row.id,
                        row.fingerprint,
                        GroupText.read(row.dimensions),
                        Objects.requireNonNull(row.firingSince),
                        row.resolution,
                        publicUrl + "/api/v1/alerts/" + row.id),
                new Notice.Source(
                        rule.id(),
                        definition.name(),
                        definition.severity().word(),
                        definition.owner(),
                        definition.runbook(),
                        "%s %s %s%s"
                                .formatted(
                                        condition.measure().word(),
                                        condition.comparison().sign(),
                                        condition.threshold().toPlainString(),
                                        unit.isEmpty() ? "" : " " + unit),
                        definition.subject().window()),
                new Notice.Figures(
                        condition.measure().word(),
                        condition.comparison().sign(),
                        row.value,
                        row.threshold,
                        row.sample,
                        condition.sampleOf().word()));
    }
}

package io.pentameter.ingest.outcome;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.signal.DerivedId;
import io.pentameter.ingest.signal.Form;
import io.pentameter.ingest.signal.Signal;
import io.pentameter.ingest.signal.SignalOrigin;
import io.pentameter.ingest.signal.SignalReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads outcomes, and finds everything that is wrong with one at once. */
final class OutcomeReader implements SignalReader {

    /** How long ago an outcome may have occurred. */
    static final Duration MAX_AGE = Duration.ofDays(400);

    static final Duration MAX_AHEAD = Duration.ofMinutes(10);

    /** The unit of what is kept exactly. */
    static final String USD = "USD";

    private static final int SCHEMA_VERSION = 1;
    private static final int TRACE_ID = 16;
    private static final int MAX_UNIT = 20;
    private static final int NANO = 9;
    private static final BigDecimal MAX_USD = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MAX_VALUE = BigDecimal.valueOf(1_000_000_000_000_000L);

    @Override
    public String word() {
        return "outcome";
    }

    @Override
    public Topics topic() {
        return Topics.OUTCOMES;
    }

    @Override
    public Signal read(Form form, SignalOrigin origin, @Nullable String givenId) {
        boolean isDeleted = Boolean.TRUE.equals(form.flag("deleted"));
        String name = form.has("name") || !isDeleted ? form.requiredText("name", Form.MAX_ID) : "";
        ByteString traceId = form.hex("traceId", TRACE_ID, false);
        OutcomeRecord.Builder outcome = OutcomeRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(origin.tenant())
                .setTraceId(traceId)
                .setSession(origin.identity(form.text("session", Form.MAX_ID)))
                .setName(origin.redacted(name))
                .setUnit(form.text("unit", MAX_UNIT))
                .setReceivedAtUs(origin.nowUs())
                .setKeyId(origin.sender().keyId())
                .setCustomer(origin.identity(form.text("customer", Form.MAX_ID)))
                .setUser(origin.identity(form.text("user", Form.MAX_ID)))
                .setFeature(origin.dimension(form.text("feature", Form.MAX_ID)))
                .setIsDeleted(isDeleted);
        long occurredAtUs = form.timeUs("occurredAt", origin.nowUs(), MAX_AGE, MAX_AHEAD);
        outcome.setOccurredAtUs(occurredAtUs == 0 ? origin.nowUs() : occurredAtUs);
        Boolean success = form.flag("success");
        if (success != null) {
            outcome.setSuccess(success);
        }
        value(form, outcome);
        form.attributes("attributes").forEach((key, value) -> outcome.putAttributes(key, origin.redacted(value)));
        outcome.setOutcomeId(id(form, outcome, occurredAtUs, givenId));
        form.refuseOthers();
        return signal(outcome.build());
    }

    /** Takes an outcome back. */
    static Signal withdrawal(String id, SignalOrigin origin) {
        return signal(OutcomeRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(origin.tenant())
                .setOutcomeId(id)
                .setOccurredAtUs(origin.nowUs())
                .setReceivedAtUs(origin.nowUs())
                .setKeyId(origin.sender().keyId())
                .setIsDeleted(true)
                .build());
    }

    private static void value(Form form, OutcomeRecord.Builder outcome) {
        boolean isMoney = outcome.getUnit().equals(USD);
        BigDecimal limit = isMoney ? MAX_USD : MAX_VALUE;
        BigDecimal value = form.number("value", limit.negate(), limit);
        if (value == null) {
            if (!outcome.getUnit().isEmpty() && !form.has("value")) {
                form.wrong("unit", "must not be given without a value: " + outcome.getUnit());
            }
            return;
        }
        if (!isMoney) {
            outcome.setValue(value.doubleValue());
            return;
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > NANO) {
            form.wrong("value", "must have at most " + NANO + " decimals in USD: " + value);
        } else {
            outcome.setValueNanoUsd(plain.movePointRight(NANO).longValueExact());
        }
    }

    /**
     * The client's, else one made of what the outcome belongs to. Where that would make one of two outcomes, the client must
     * give one.
     */
    private static String id(Form form, OutcomeRecord.Builder outcome, long occurredAtUs, @Nullable String givenId) {
        String own = form.text("id", Form.MAX_ID);
        if (!own.isEmpty()) {
            return own;
        }
        if (givenId != null) {
            return givenId;
        }
        if (outcome.getTraceId().isEmpty() && outcome.getSession().isEmpty() && occurredAtUs == 0) {
            form.wrong("id", "must be given where neither traceId nor session nor occurredAt is");
        }
        return DerivedId.of(
                "oc_",
                outcome.getTenant(),
                outcome.getName(),
                HexFormat.of().formatHex(outcome.getTraceId().toByteArray()),
                outcome.getSession(),
                outcome.getCustomer(),
                outcome.getUser(),
                outcome.getFeature(),
                Long.toString(occurredAtUs));
    }

    private static Signal signal(OutcomeRecord outcome) {
        byte[] key = PartitionKey.ofTenant(outcome.getTenant(), outcome.getOutcomeId());
        return new Signal(outcome.getOutcomeId(), List.of(), List.of(new LogRecord(key, outcome.toByteArray())));
    }
}

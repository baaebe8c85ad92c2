package io.pentameter.aggregation.repricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Repricings of tenants, their events and reports. */
final class SqlRepricings {

    /** Of a list. */
    static final int MAX_LISTED = 100;

    /** Of each part of a report. */
    private static final int MAX_REPORTED = 20;

    static final String SELECT = "SELECT tenant, id, generation, state, request, price_version, own_version, chunks,"
            + " chunks_done, detail, made_by, toUnixTimestamp64Micro(created_at) FROM repricing FINAL WHERE ";

    private static final List<String> COLUMNS = List.of(
            "tenant",
            "id",
            "generation",
            "state",
            "request",
            "begin",
            "finish",
            "price_version",
            "own_version",
            "chunks",
            "chunks_done",
            "detail",
            "made_by",
            "created_at",
            "version");

    private static final List<String> EVENT_COLUMNS =
            List.of("tenant", "generation", "kind", "begin", "finish", "at", "actor");

    private final Reads reads;
    private final Inserts inserts;
    private final ObjectMapper json;
    private final InstantSource clock;

    SqlRepricings(Reads reads, Inserts inserts, ObjectMapper json, InstantSource clock) {
        this.reads = reads;
        this.inserts = inserts;
        this.json = json;
        this.clock = clock;
    }

    Optional<Repricing> find(String tenant, String id) {
        Bindings bindings = new Bindings();
        String sql = SELECT + TenantQuery.TENANT + " AND id = " + bindings.text(id);
        return reads.read(new TenantQuery(tenant, sql, bindings), this::row).stream()
                .findFirst();
    }

    /** The latest first. */
    List<Repricing> list(String tenant) {
        String sql = SELECT + TenantQuery.TENANT + " ORDER BY created_at DESC, id LIMIT " + MAX_LISTED;
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), this::row);
    }

    /** The one that is being worked out; empty if none is. */
    Optional<Repricing> underWay(String tenant) {
        String sql =
                SELECT + TenantQuery.TENANT + " AND state IN ('queued', 'calculating') ORDER BY created_at LIMIT 1";
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), this::row).stream()
                .findFirst();
    }

    void store(Repricing repricing) {
        RowBinary row = new RowBinary(1024);
        row.string(repricing.tenant())
                .string(repricing.id())
                .int64(repricing.generation())
                .string(repricing.state().word())
                .string(text(repricing.order()))
                .int32(repricing.order().from().getEpochSecond())
                .int32(endSecond(repricing))
                .string(repricing.priceVersion())
                .int64(repricing.ownVersion())
                .int64(repricing.chunks())
                .int64(repricing.chunksDone())
                .string(repricing.detail())
                .string(repricing.madeBy())
                .int64(micros(repricing.createdAt()))
                .int64(micros(clock.instant()))
                .endRow();
        insert("repricing", COLUMNS, row);
    }

    Visibility visibility(Repricing repricing) {
        Bindings bindings = new Bindings();
        String sql = "SELECT toUnixTimestamp64Micro(minIf(at, kind = 'applied')),"
                + " toUnixTimestamp64Micro(minIf(at, kind = 'reverted')) FROM repricing_event WHERE "
                + TenantQuery.TENANT
                + " AND generation = " + bindings.number(repricing.generation());
        return reads.read(
                        new TenantQuery(repricing.tenant(), sql, bindings),
                        row -> new Visibility(instant(row.getLong(1)), instant(row.getLong(2))))
                .getFirst();
    }

    /** Whether another repricing became visible or invisible in its time since it was ordered. */
    boolean isOvertaken(Repricing repricing) {
        Bindings bindings = new Bindings();
        String sql = "SELECT count() FROM repricing_event WHERE " + TenantQuery.TENANT + " AND generation != "
                + bindings.number(repricing.generation())
                + " AND toUnixTimestamp64Micro(at) > " + bindings.number(micros(repricing.createdAt()))
                + " AND begin < " + bindings.second(repricing.order().to().plusSeconds(1))
                + " AND finish > " + bindings.second(repricing.order().from());
        return reads.read(new TenantQuery(repricing.tenant(), sql, bindings), row -> row.getLong(1))
                        .getFirst()
                > 0;
    }

    /** Makes the generation visible ({@code applied}) or invisible ({@code reverted}): one row. */
    void addEvent(Repricing repricing, String kind, String actor) {
        RowBinary row = new RowBinary(256);
        row.string(repricing.tenant())
                .int64(repricing.generation())
                .string(kind)
                .int32(repricing.order().from().getEpochSecond())
                .int32(endSecond(repricing))
                .int64(micros(clock.instant()))
                .string(actor)
                .endRow();
        insert("repricing_event", EVENT_COLUMNS, row);
    }

    RepricingReport report(Repricing repricing) {
        return new RepricingReport(
                changes(repricing, "''").stream()
                        .findFirst()
                        .orElse(new RepricingReport.Change(null, 0, "0", "0", "0", 0, 0)),
                changes(repricing, "feature"),
                changes(repricing, "customer"),
                changes(repricing, "model"));
    }

    private List<RepricingReport.Change> changes(Repricing repricing, String column) {
        Bindings bindings = new Bindings();
        String sql = "SELECT toString(" + column
                + ") AS value, count(), sum(was_nano) AS before, sum(cost_nano) AS after,"
                + " countIf(cost_known AND NOT was_known), countIf(was_known AND NOT cost_known)"
                + " FROM repriced_span FINAL WHERE " + TenantQuery.TENANT + " AND generation = "
                + bindings.number(repricing.generation()) + " AND (was_known != cost_known OR was_nano != cost_nano)"
                + " GROUP BY value ORDER BY abs(after - before) DESC, value LIMIT " + MAX_REPORTED;
        return reads.read(new TenantQuery(repricing.tenant(), sql, bindings), row -> {
            long before = row.getLong(3);
            long after = row.getLong(4);
            String value = row.getString(1);
            return new RepricingReport.Change(
                    value.isEmpty() ? null : value,
                    row.getLong(2),
                    dollars(before),
                    dollars(after),
                    dollars(after - before),
                    row.getLong(5),
                    row.getLong(6));
        });
    }

    /** Spans of its time that came after it was worked out: they cost what they came with. */
    long lateSpans(Repricing repricing) {
        Bindings bindings = new Bindings();
        String sql = "SELECT count() FROM span FINAL WHERE " + TenantQuery.TENANT + " AND start >= "
                + bindings.instant(repricing.order().from()) + " AND start < "
                + bindings.instant(repricing.order().to()) + " AND has_usage AND received_at > "
                + bindings.instant(repricing.createdAt());
        return reads.read(new TenantQuery(repricing.tenant(), sql, bindings), row -> row.getLong(1))
                .getFirst();
    }

    Repricing row(ResultSet row) throws SQLException {
        return new Repricing(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                Repricing.State.ofWord(row.getString(4)),
                order(row.getString(5)),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getString(10),
                row.getString(11),
                Instant.EPOCH.plus(row.getLong(12), ChronoUnit.MICROS));
    }

    private void insert(String table, List<String> columns, RowBinary row) {
        String token = table + " " + micros(clock.instant());
        if (!(inserts.insert(table, columns, row, token) instanceof Insertion.Stored)) {
            throw new IllegalStateException("the engine does not take a row of " + table);
        }
    }

    /** The first whole second behind its time. */
    private static long endSecond(Repricing repricing) {
        return Math.ceilDiv(
                ChronoUnit.NANOS.between(Instant.EPOCH, repricing.order().to()), 1_000_000_000L);
    }

    private RepricingOrder order(String text) {
        try {
            return json.readValue(text, RepricingOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written as JSON", e);
        }
    }

    private String text(RepricingOrder order) {
        try {
            return json.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static @Nullable Instant instant(long micros) {
        return micros == 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String dollars(long nano) {
        BigDecimal dollars = BigDecimal.valueOf(nano, 9).stripTrailingZeros();
        return dollars.toPlainString();
    }
}

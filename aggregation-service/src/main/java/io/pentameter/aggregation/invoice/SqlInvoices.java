package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Imports and their lines. The lines go in first and the import makes them visible with one row, so that a crash in between leaves
 * nothing that counts; the same import again writes the same rows.
 */
public final class SqlInvoices {

    private static final List<String> COLUMNS = List.of(
            "tenant",
            "invoice_id",
            "version",
            "is_withdrawn",
            "provider",
            "account",
            "format",
            "name",
            "from_day",
            "to_day",
            "is_daily",
            "content",
            "lines",
            "usd_nano",
            "imported_by",
            "imported_at");
    private static final List<String> LINE_COLUMNS = List.of(
            "tenant",
            "invoice_id",
            "number",
            "kind",
            "from_day",
            "to_day",
            "project",
            "model",
            "item",
            "tier",
            "usd_nano",
            "bound",
            "amount",
            "currency",
            "in_uncached",
            "in_cache_read",
            "in_cache_write",
            "out_all",
            "requests");

    /** Lines of one answer. */
    private static final int MAX_LINES_READ = 300_000;

    private final Reads reads;
    private final Inserts inserts;

    public SqlInvoices(Reads reads, Inserts inserts) {
        this.reads = reads;
        this.inserts = inserts;
    }

    /** Every import of the tenant as it stands, withdrawn ones included, latest period first. */
    public List<Invoice> all(String tenant) {
        String sql = "SELECT * FROM (SELECT invoice_id, version, is_withdrawn, provider, account, format, name,"
                + " toString(from_day) AS first_day, toString(to_day) AS end_day, is_daily, content, lines, usd_nano,"
                + " imported_by, toUnixTimestamp64Micro(imported_at) AS micros FROM invoice FINAL WHERE "
                + TenantQuery.TENANT
                + " ORDER BY version DESC LIMIT 1 BY invoice_id) ORDER BY first_day DESC, invoice_id";
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), SqlInvoices::invoice);
    }

    Optional<Invoice> find(String tenant, String id) {
        return all(tenant).stream().filter(invoice -> invoice.id().equals(id)).findFirst();
    }

    /** What is named as model on the lines of an import, each once. */
    List<String> models(String tenant, String id) {
        Bindings bindings = new Bindings();
        String sql = "SELECT DISTINCT toString(model) AS named FROM invoice_line FINAL WHERE " + TenantQuery.TENANT
                + " AND invoice_id = " + bindings.text(id) + " ORDER BY named";
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> row.getString(1));
    }

    /** The lines of these imports that begin in the days; more than {@link #MAX_LINES_READ} are refused. */
    public List<InvoiceLine> lines(String tenant, Collection<String> invoices, LocalDate from, LocalDate to) {
        Bindings bindings = new Bindings();
        String sql =
                "SELECT number, kind, toString(from_day) AS first_day, toString(to_day) AS end_day, project, model,"
                        + " item, tier, usd_nano, bound, amount, currency, in_uncached, in_cache_read, in_cache_write, out_all,"
                        + " requests FROM invoice_line FINAL WHERE " + TenantQuery.TENANT + " AND invoice_id IN "
                        + bindings.texts(invoices) + " AND from_day >= toDate(" + bindings.text(from.toString())
                        + ") AND from_day < toDate(" + bindings.text(to.toString())
                        + ") ORDER BY invoice_id, number, kind LIMIT " + (MAX_LINES_READ + 1);
        List<InvoiceLine> lines = reads.read(new TenantQuery(tenant, sql, bindings), SqlInvoices::line);
        if (lines.size() > MAX_LINES_READ) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the invoices have more than %d lines there: ask for a shorter window".formatted(MAX_LINES_READ));
        }
        return lines;
    }

    void put(String tenant, Invoice invoice, List<InvoiceLine> lines) {
        if (!lines.isEmpty()) {
            store("invoice_line", LINE_COLUMNS, rows(tenant, invoice.id(), lines), tenant + " " + invoice.id());
        }
        put(tenant, invoice);
    }

    /** A new version of the import alone: withdrawn, or taken up again. */
    void put(String tenant, Invoice invoice) {
        RowBinary row = new RowBinary()
                .string(tenant)
                .string(invoice.id())
                .int64(invoice.version())
                .bool(invoice.isWithdrawn())
                .string(invoice.provider())
                .string(invoice.account())
                .string(invoice.format().word())
                .string(invoice.name())
                .int32(invoice.from().toEpochDay())
                .int32(invoice.to().toEpochDay())
                .bool(invoice.isDaily())
                .string(invoice.content().word())
                .int64(invoice.lines())
                .int64(Usd.nano(invoice.usd()))
                .string(invoice.importedBy())
                .int64(ChronoUnit.MICROS.between(Instant.EPOCH, invoice.importedAt()));
        row.endRow();
        store("invoice", COLUMNS, row, tenant + " " + invoice.id() + " " + invoice.version());
    }

    private static RowBinary rows(String tenant, String id, List<InvoiceLine> lines) {
        RowBinary rows = new RowBinary();
        for (InvoiceLine line : lines) {
            rows.string(tenant)
                    .string(id)
                    .int32(line.number())
                    .string(line.what() instanceof InvoiceLine.Charge ? "charge" : "use")
                    .int32(line.from().toEpochDay())
                    .int32(line.to().toEpochDay())
                    .string(line.project())
                    .string(line.model())
                    .string(line.item())
                    .string(line.tier());
            switch (line.what()) {
                case InvoiceLine.Charge(BigDecimal usd, BigDecimal bound, String amount, String currency) ->
                    rows.int64(Usd.nano(usd))
                            .string(bound.toPlainString())
                            .string(amount)
                            .string(currency)
                            .int64(0)
                            .int64(0)
                            .int64(0)
                            .int64(0)
                            .int64(-1);
                case InvoiceLine.Use(Map<TokenClass, Long> tokens, long requests) ->
                    rows.int64(0)
                            .string("0")
                            .string("")
                            .string("")
                            .int64(tokens.getOrDefault(TokenClass.INPUT, 0L))
                            .int64(tokens.getOrDefault(TokenClass.CACHE_READ, 0L))
                            .int64(tokens.getOrDefault(TokenClass.CACHE_WRITE, 0L))
                            .int64(tokens.getOrDefault(TokenClass.OUTPUT, 0L))
                            .int64(requests);
            }
            rows.endRow();
        }
        return rows;
    }

    private void store(String table, List<String> columns, RowBinary rows, String token) {
        if (!(inserts.insert(table, columns, rows, token) instanceof Insertion.Stored)) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the store does not take changes at the moment"),
                    Duration.ofSeconds(2));
        }
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        return new Invoice(
                row.getString("invoice_id"),
                row.getLong("version"),
                row.getBoolean("is_withdrawn"),
                row.getString("provider"),
                row.getString("account"),
                Invoice.Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                LocalDate.parse(row.getString("first_day")),
                LocalDate.parse(row.getString("end_day")),
                row.getBoolean("is_daily"),
                Invoice.Content.valueOf(row.getString("content").toUpperCase(Locale.ROOT)),
                row.getInt("lines"),
                Usd.ofNano(row.getLong("usd_nano")),
                row.getString("imported_by"),
                Instant.EPOCH.plus(row.getLong("micros"), ChronoUnit.MICROS));
    }

    private static InvoiceLine line(ResultSet row) throws SQLException {
        InvoiceLine.What what = row.getString("kind").equals("charge")
                ? new InvoiceLine.Charge(
                        Usd.ofNano(row.getLong("usd_nano")),
                        new BigDecimal(row.getString("bound")),
                        row.getString("amount"),
                        row.getString("currency"))
                : new InvoiceLine.Use(tokens(row), row.getLong("requests"));
        return new InvoiceLine(
                row.getInt("number"),
                LocalDate.parse(row.getString("first_day")),
                LocalDate.parse(row.getString("end_day")),
                row.getString("project"),
                row.getString("model"),
                row.getString("item"),
                row.getString("tier"),
                what);
    }

    private static Map<TokenClass, Long> tokens(ResultSet row) throws SQLException {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        tokens.put(TokenClass.INPUT, row.getLong("in_uncached"));
        tokens.put(TokenClass.CACHE_READ, row.getLong("in_cache_read"));
        tokens.put(TokenClass.CACHE_WRITE, row.getLong("in_cache_write"));
        tokens.put(TokenClass.OUTPUT, row.getLong("out_all"));
        return tokens;
    }
}

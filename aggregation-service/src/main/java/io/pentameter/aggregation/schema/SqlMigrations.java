package io.pentameter.aggregation.schema;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings the tables to the newest version; may be run again and again, and by several instances at a time.
 *
 * <p>Each version is a file of statements that are idempotent by themselves ({@code IF NOT EXISTS}): the engine has no
 * transactions over DDL, so a crash in the middle repeats the file. A version is written down only after its last statement.
 */
public final class SqlMigrations {

    private static final List<String> VERSIONS = List.of(
            "V001__spans",
            "V002__facts",
            "V003__rollups",
            "V004__span_findings",
            "V005__facts_live",
            "V006__rollup_failures",
            "V010__repricing",
            "V020__cost_reading",
            "V023__cost_pools",
            "V024__invoices",
            "V025__cost_adjustments",
            "V028__customer_days",
            "V040__repriced_parts",
            "V041__invoice_variance",
            "V042__model_hours",
            "V043__cost_rollups",
            "V044__own_dimensions",
            "V045__retention",
            "V046__one_customer");

    private final Reads reads;
    private final Statements statements;
    private final Layout layout;

    public SqlMigrations(Reads reads, Statements statements, Layout layout) {
        this.reads = reads;
        this.statements = statements;
        this.layout = layout;
    }

    /** Applies what is missing; returns the versions applied by this call. */
    public List<String> apply() {
        statements.run(
                layout.fill(
                        "CREATE TABLE IF NOT EXISTS schema_version (version String, applied_at DateTime DEFAULT now())"
                                + " ENGINE = ${replacing} ORDER BY version"),
                new Bindings());
        Set<String> applied = new HashSet<>(reads.read(
                new AllTenantsQuery("SELECT DISTINCT version FROM schema_version", new Bindings()),
                row -> row.getString(1)));
        List<String> missing =
                VERSIONS.stream().filter(version -> !applied.contains(version)).toList();
        missing.forEach(this::apply);
        return missing;
    }

    private void apply(String version) {
        for (String statement : statementsOf(version)) {
            statements.run(layout.fill(statement), new Bindings());
        }
        Bindings bindings = new Bindings();
        statements.run("INSERT INTO schema_version (version) SELECT " + bindings.text(version), bindings);
    }

    /** The statements of a file, without its comment lines. */
    static List<String> statementsOf(String version) {
        try (InputStream in = SqlMigrations.class.getResourceAsStream(version + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + version + ".sql");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*\n", "");
            return Arrays.stream(text.split(";\n", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

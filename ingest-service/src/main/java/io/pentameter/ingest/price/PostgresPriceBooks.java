package io.pentameter.ingest.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.pricing.BookDocument;
import io.pentameter.pricing.ImportReport;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceFile;
import io.pentameter.pricing.PriceImport;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of the price book. Imports wait for one another: each is compared with what the one before made. */
@ApplicationScoped
class PostgresPriceBooks {

    /** Versions that are listed. */
    static final int MAX_LISTED = 200;

    private final PostgresWork work;
    private final ObjectMapper json;
    private final InstantSource clock;

    PostgresPriceBooks(PostgresWork work, ObjectMapper json, InstantSource clock) {
        this.work = work;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A version.
     *
     * @param knownFrom  when it came into force; absent for the one that the service ships with
     * @param before     the version in force before; empty if there was none
     * @param sourceHash SHA-256 of the file that it was made of; absent for the shipped one and one in force again
     * @param madeBy     who imported it
     * @param report     what changed; absent where there is none
     */
    record Version(
            String version,
            @Nullable Instant knownFrom,
            String before,
            @Nullable String sourceHash,
            String madeBy,
            @Nullable JsonNode report) {}

    private record Latest(long knownFromUs, BookDocument document) {}

    /** The latest first; the shipped one last. */
    List<Version> versions() {
        return work.ofPlatform(connection -> {
            List<Version> versions = new ArrayList<>();
            String sql = "select version, known_from_us, before, source_hash, made_by, report from price_book"
                    + " order by known_from_us desc limit " + MAX_LISTED;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    versions.add(new Version(
                            rows.getString(1),
                            Instant.EPOCH.plus(rows.getLong(2), ChronoUnit.MICROS),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            parsed(rows.getString(6))));
                }
            }
            versions.add(new Version(PriceBooks.shippedVersion(), null, "", null, "shipped", null));
            return versions;
        });
    }

    /** Imports a file, or only tells what an import would change. */
    ImportReport importFile(Caller caller, PriceFile file, PriceImport.Options options, boolean isDryRun) {
        return work.ofPlatform(connection -> {
            Latest latest = lockedLatest(connection);
            return switch (PriceImport.of(latest.document(), file, options)) {
                case PriceImport.Result.Refused(String reason) ->
                    throw new ProblemException(ProblemKind.UNPROCESSABLE, reason);
                case PriceImport.Result.Imported(BookDocument document, ImportReport report) -> {
                    if (!isDryRun
                            && !document.version().equals(latest.document().version())) {
                        keepSource(connection, file, report);
                        putInForce(connection, caller, document, latest, report);
                    }
                    yield report;
                }
            };
        });
    }

    /** Puts an earlier version in force again. */
    Version restore(Caller caller, String version) {
        return work.ofPlatform(connection -> {
            Latest latest = lockedLatest(connection);
            BookDocument document = find(connection, version);
            if (document == null) {
                throw new ProblemException(ProblemKind.NOT_FOUND, "there is no version '%s'".formatted(version));
            }
            if (version.equals(latest.document().version())) {
                throw new ProblemException(ProblemKind.CONFLICT, "version '%s' is in force already".formatted(version));
            }
            long at = putInForce(connection, caller, document, latest, null);
            return new Version(
                    version,
                    Instant.EPOCH.plus(at, ChronoUnit.MICROS),
                    latest.document().version(),
                    null,
                    caller.name(),
                    null);
        });
    }

    private static Latest lockedLatest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('pentameter.price_book'))");
            try (ResultSet rows = statement.executeQuery(
                    "select known_from_us, version, document from price_book order by known_from_us desc limit 1")) {
                return rows.next()
                        ? new Latest(rows.getLong(1), BookDocument.read(rows.getString(2), rows.getBytes(3)))
                        : new Latest(0, PriceBooks.shippedDocument());
            }
        }
    }

    private static @Nullable BookDocument find(Connection connection, String version) throws SQLException {
        if (version.equals(PriceBooks.shippedVersion())) {
            return PriceBooks.shippedDocument();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select document from price_book where version = ? limit 1")) {
            statement.setString(1, version);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? BookDocument.read(version, rows.getBytes(1)) : null;
            }
        }
    }

    private void keepSource(Connection connection, PriceFile file, ImportReport report) throws SQLException {
        String sql = "insert into price_source (hash, format, name, published_on, bytes, imported_at)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, report.hash());
            statement.setString(2, report.format());
            statement.setString(3, file.name());
            statement.setDate(4, Date.valueOf(file.date()));
            statement.setBytes(5, file.bytes());
            statement.setTimestamp(6, Timestamp.from(clock.instant()));
            statement.executeUpdate();
        }
    }

    private long putInForce(
            Connection connection, Caller caller, BookDocument document, Latest latest, @Nullable ImportReport report)
            throws SQLException {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long at = Math.max(now, latest.knownFromUs() + 1);
        byte[] gzip = document.gzip();
        String sql = "insert into price_book (known_from_us, version, before, document, source_hash, report, made_by)"
                + " values (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, at);
            statement.setString(2, document.version());
            statement.setString(3, latest.document().version());
            statement.setBytes(4, gzip);
            statement.setString(5, report == null ? null : report.hash());
            statement.setString(6, report == null ? null : text(report));
            statement.setString(7, caller.name());
            statement.executeUpdate();
        }
        PostgresOutbox.config(
                connection,
                TenantConfigRecord.newBuilder()
                        .setSchemaVersion(1)
                        .setKind("price-book:" + document.version())
                        .setVersion(at)
                        .setChangedAtUs(at)
                        .setPriceBook(PriceBookVersion.newBuilder()
                                .setVersion(document.version())
                                .setKnownFromUs(at)
                                .setDocument(ByteString.copyFrom(gzip)))
                        .build());
        PostgresOutbox.audit(
                connection,
                new PostgresOutbox.Act(
                        caller,
                        now,
                        report == null ? "prices.restore" : "prices.import",
                        document.version(),
                        Map.of("before", latest.document().version())));
        return at;
    }

    private @Nullable JsonNode parsed(@Nullable String report) {
        try {
            return report == null ? null : json.readTree(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written as JSON", e);
        }
    }

    private String text(ImportReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report can be written as JSON", e);
        }
    }
}

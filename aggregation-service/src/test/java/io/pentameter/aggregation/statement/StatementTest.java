package io.pentameter.aggregation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month's charges in cents, on the real engine. */
class StatementTest {

    private static final YearMonth MONTH =
            YearMonth.from(Spans.noon().atZone(ZoneOffset.UTC)).minusMonths(1);
    private static final Instant BEGIN =
            MONTH.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant END =
            MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Store STORE = Store.of("statement_test");

    private final Spans spans = new Spans(909);

    /** 0.10 split in three is 0.04, 0.03, 0.03, the first in the order of names having the cent that is left. */
    @Test
    void theLinesAddUpToTheTotalWhichIsTheLedgerInCents() {
        long third = 33_333_333L;
        STORE.put(List.of(paid("s1", BEGIN, "b", third), paid("s1", BEGIN, "a", third), paid("s1", BEGIN, "c", third)));

        Statement statement = ask("s1", "customer", false, Statements.MAX_LINES);

        assertThat(statement.total()).isEqualTo("0.10");
        assertThat(statement.ledgerUsd()).isEqualTo("0.099999999");
        assertThat(statement.complete()).isTrue();
        assertThat(statement.lines())
                .extracting(Statement.Line::label, Statement.Line::amount, Statement.Line::ledgerUsd)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "0.04", "0.033333333"),
                        org.assertj.core.groups.Tuple.tuple("b", "0.03", "0.033333333"),
                        org.assertj.core.groups.Tuple.tuple("c", "0.03", "0.033333333"));
    }

    @Test
    void theMonthIsTheSumOfItsDaysForEachLineAndForAll() {
        SplittableRandom random = new SplittableRandom(5);
        List<SpanRecord> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at = BEGIN.plus(Duration.ofHours(random.nextInt(MONTH.lengthOfMonth() * 24)));
            all.add(paid("s2", at, "c" + random.nextInt(7), random.nextLong(40_000_000)));
        }
        STORE.put(all);
        long ledger =
                all.stream().mapToLong(span -> span.getCost().getTotalNanoUsd()).sum();

        for (int limit : new int[] {3, 1000}) {
            Statement statement = ask("s2", "customer", true, limit);

            assertThat(statement.total())
                    .isEqualTo(BigDecimal.valueOf(ledger, 9)
                            .setScale(2, RoundingMode.HALF_EVEN)
                            .toPlainString());
            assertThat(statement.ledgerUsd()).isEqualTo(Usd.text(ledger));
            assertThat(sum(statement.days().stream().map(Statement.Day::amount).toList()))
                    .isEqualByComparingTo(statement.total());
            assertThat(sum(statement.lines().stream()
                            .map(Statement.Line::amount)
                            .toList()))
                    .isEqualByComparingTo(statement.total());
            for (Statement.Line line : statement.lines()) {
                assertThat(sum(Objects.requireNonNull(line.days()))).isEqualByComparingTo(line.amount());
            }
            for (int day = 0; day < statement.days().size(); day++) {
                int index = day;
                assertThat(sum(statement.lines().stream()
                                .map(line -> Objects.requireNonNull(line.days()).get(index))
                                .toList()))
                        .isEqualByComparingTo(statement.days().get(day).amount());
            }
        }
        assertThat(ask("s2", "customer", false, 3).lines().getLast().values()).isEqualTo(4);
    }

    @Test
    void whatHasNoPriceIsCountedAndInNoAmount() {
        SpanRecord unpriced = paid("s3", BEGIN, "a", 0).toBuilder()
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build();
        STORE.put(List.of(unpriced, paid("s3", BEGIN, "", 1_000_000_000)));

        Statement statement = ask("s3", "customer", false, 10);

        assertThat(statement.calls()).isEqualTo(2);
        assertThat(statement.pricedCalls()).isEqualTo(1);
        assertThat(statement.lines().getFirst().value()).isNull();
        assertThat(statement.lines().getFirst().amount()).isEqualTo("1.00");
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsDefused() {
        STORE.put(List.of(
                paid("s4", BEGIN, "=cmd|' /C calc'!A0", 30_000_000),
                paid("s4", BEGIN, "@SUM(1)", 20_000_000),
                paid("s4", BEGIN, "acme, \"Inc\"", 10_000_000)));

        String csv = CsvStatement.of(ask("s4", "customer", false, 10));

        assertThat(csv.lines().toList())
                .containsExactly(
                        "month,customer,amount_usd,ledger_usd,requests,calls,priced_calls,tokens,charge,pool",
                        MONTH + ",'=cmd|' /C calc'!A0,0.03,0.03,1,1,1,10,usage,",
                        MONTH + ",'@SUM(1),0.02,0.02,1,1,1,10,usage,",
                        MONTH + ",\"acme, \"\"Inc\"\"\",0.01,0.01,1,1,1,10,usage,");
    }

    @Test
    void thePdfSaysWhatTheStatementSaysOnAsManyPagesAsItTakes(@TempDir Path directory) throws IOException {
        List<SpanRecord> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(paid(
                    "s5",
                    BEGIN,
                    i == 0 ? "Zürich 東京 " + "long name ".repeat(20) : "customer-" + i,
                    1_000_000_000L * i));
        }
        STORE.put(all);
        Statement statement = ask("s5", "customer", false, 1000);

        Path file = Files.write(directory.resolve("statement.pdf"), PdfStatement.of(statement));

        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            String text = new PDFTextStripper().getText(document);
            assertThat(document.getNumberOfPages()).isEqualTo(3);
            assertThat(text)
                    .contains("Statement " + MONTH, "customer-119", "119.00", "Zürich ??", "Total", statement.total())
                    .contains("120 of 120 calls have a price (100.0 %)");
        }
    }

    @Test
    void anotherTenantsChargesAreOnNoStatement() {
        STORE.put(List.of(paid("s6", BEGIN, "secret", 1_000_000_000)));

        Statement statement = ask("s6-other", "customer", false, 10);

        assertThat(statement.lines()).isEmpty();
        assertThat(statement.total()).isEqualTo("0.00");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> StatementQuery.read(
                        new StatementQuery.Parameters("2026-13", "token_class", "doc", "hour", "then", "some")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .containsExactly("month", "by", "format", "detail", "shared", "priceBasis"));
    }

    private static BigDecimal sum(List<String> amounts) {
        return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Statement ask(String tenant, String by, boolean withDays, int limit) {
        StatementQuery query = StatementQuery.read(
                new StatementQuery.Parameters(MONTH.toString(), by, "json", withDays ? "day" : "month", null, null));
        return Statements.of(
                query,
                Entries.of(new SqlStatement(STORE.reads(), tenant).read(query, limit), List.of(), limit),
                END,
                END);
    }

    private SpanRecord paid(String tenant, Instant at, String customer, long nano) {
        return spans.request(tenant, at)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setCustomer(customer))
                .setUsage(Usage.newBuilder().setInUncached(10))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
    }
}

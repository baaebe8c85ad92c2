package io.pentameter.aggregation.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.kit.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pools among a million customers: everything adds up to the nano-dollar and to the cent, shown and not shown. */
class LargeAllocationTest {

    private static final int CUSTOMERS = 1_000_000;
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    private static final Dimension CUSTOMER = Dimension.of("customer").orElseThrow();

    @Test
    void aMonthAmongAMillionCustomersIsConservedInTheAnswerAndInTheFile() throws IOException {
        AllocationQuery query = query(List.of(pool("p1", "123456.789"), pool("p2", "0.000012345")));

        Allocated allocated = new Allocator(query, new Crowd(CUSTOMERS), FIRST.plusDays(30)).allocate();
        AllocationView view = AllocationView.of(query, allocated);

        // three days of the pools; each customer's direct cost is 1e-9 USD times its number
        BigDecimal shared = usd("123456.789012345").multiply(BigDecimal.valueOf(3));
        BigDecimal direct = BigDecimal.valueOf((long) CUSTOMERS * (CUSTOMERS - 1) / 2, 9);
        AllocationView.Other other = Optional.ofNullable(view.other()).orElseThrow();
        assertThat(other.rows()).isEqualTo(CUSTOMERS - 5);
        assertThat(usd(view.totals().allocatedUsd())).isEqualByComparingTo(shared);
        assertThat(usd(view.totals().directUsd())).isEqualByComparingTo(direct);
        assertThat(view.rows().stream().map(row -> usd(row.totalUsd())).reduce(usd(other.totalUsd()), BigDecimal::add))
                .isEqualByComparingTo(shared.add(direct));
        assertThat(view.rows().stream()
                        .map(row -> usd(row.statementUsd()))
                        .reduce(usd(other.statementUsd()), BigDecimal::add))
                .isEqualByComparingTo(view.totals().statementUsd());
        assertThat(sums(query, allocated))
                .containsExactly(shared.add(direct), usd(view.totals().statementUsd()));
    }

    @Test
    void beyondTheLimitsTheAnswerSaysWhatTheyAre() {
        assertThatThrownBy(
                        () -> new Allocator(query(List.of()), new Crowd(Allocator.MAX_ELEMENTS + 1), FIRST.plusDays(30))
                                .allocate())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 1048576 elements");
        List<Pool> many = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k").stream()
                .map(name -> pool(name, "1000"))
                .toList();
        assertThatThrownBy(() -> new Allocator(query(many), new Crowd(CUSTOMERS), FIRST.plusDays(30)).allocate())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 10000000 elements times pools");
        List<Pool> dear =
                List.of("a", "b").stream().map(name -> pool(name, "1000000000")).toList();
        assertThatThrownBy(() -> new Allocator(query(dear), new Crowd(1), FIRST.plusDays(30)).allocate())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("$4000000000");
    }

    /** The columns total_usd and statement_usd of a file, added up line by line as it is written. */
    private static List<BigDecimal> sums(AllocationQuery query, Allocated allocated) throws IOException {
        Adding lines = new Adding();
        new CsvAllocation(query, allocated).write(lines);
        assertThat(lines.count).isEqualTo(1 + CUSTOMERS + 2);
        return List.of(lines.total, lines.cents);
    }

    private static final class Adding extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private BigDecimal total = BigDecimal.ZERO;
        private BigDecimal cents = BigDecimal.ZERO;
        private int count;

        @Override
        public void write(int b) {
            if (b != '\n') {
                line.write(b);
                return;
            }
            String[] fields = line.toString(StandardCharsets.UTF_8).strip().split(",", -1);
            line.reset();
            if (count++ > 0) {
                total = total.add(usd(fields[7]));
                cents = cents.add(usd(fields[8]));
            }
        }
    }

    private static AllocationQuery query(List<Pool> pools) {
        return new AllocationQuery(FIRST, FIRST.plusDays(3), List.of(CUSTOMER), pools, 5, false, PriceBasis.AS_BILLED);
    }

    private static Pool pool(String name, String amount) {
        return PoolChanges.first(
                name,
                new Pool.Terms(
                        name,
                        Pool.Kind.OTHER,
                        usd(amount),
                        Pool.Period.DAY,
                        FIRST,
                        Optional.empty(),
                        new Driver.Metered(Meter.TOKENS),
                        Optional.empty(),
                        Meter.TOKENS,
                        Optional.empty()),
                new PoolChanges.Author("tester", FIRST.atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private static BigDecimal usd(String text) {
        return new BigDecimal(text);
    }

    /** Customers that each used something else on each day. */
    private record Crowd(int size, Names names) implements Measurements {

        Crowd(int size) {
            this(size, new Names(2_000_000, 7));
        }

        @Override
        public void direct(Days days, List<Dimension> by, Taker taker) {
            for (int i = 0; i < size; i++) {
                taker.take(new int[] {name(i)}, new Direct(i, 1, 1));
            }
        }

        @Override
        public List<Days> pieces(Days days, List<List<Dimension>> paths) {
            return days.from()
                    .datesUntil(days.to())
                    .map(day -> new Days(day, day.plusDays(1)))
                    .toList();
        }

        @Override
        public Map<LocalDate, Cells> metered(Days piece, List<Dimension> path, Meter meter) {
            SplittableRandom random = new SplittableRandom(piece.from().toEpochDay());
            Cells cells = new Cells(1);
            for (int i = 0; i < size; i++) {
                cells.add(new int[] {name(i)}, 1 + random.nextInt(1_000_000));
            }
            return Map.of(piece.from(), cells);
        }

        @Override
        public Map<LocalDate, Cells> peaks(Days piece, Dimension dimension, Meter meter) {
            return Map.of();
        }

        private int name(int customer) {
            return names.of("customer-" + customer);
        }
    }
}

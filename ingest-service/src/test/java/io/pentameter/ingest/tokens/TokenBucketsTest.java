package io.pentameter.ingest.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.contracts.v1.Usage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenBucketsTest {

    private static final long NO = TokenReport.ABSENT;

    static Stream<Arguments> reports() {
        return Stream.of(
                argumentSet("inclusive by its total", report(120, 45, 165, 64, NO, 20), usage(56, 64, 0, 25, 20)),
                argumentSet("exclusive by its total", report(56, 25, 165, 64, NO, 20), usage(56, 64, 0, 25, 20)),
                argumentSet("inclusive without a total", report(120, 45, NO, 64, NO, 20), usage(56, 64, 0, 25, 20)),
                argumentSet("no details", report(120, 45, 165, NO, NO, NO), usage(120, 0, 0, 45, 0)),
                argumentSet("details of zero", report(120, 45, 165, 0, 0, 0), usage(120, 0, 0, 45, 0)),
                argumentSet("Anthropic's own counts", report(10, 45, NO, 1000, 200, NO), usage(10, 1000, 200, 45, 0)),
                argumentSet("thoughts beside the output", report(100, 20, 150, NO, NO, 30), usage(100, 0, 0, 20, 30)),
                argumentSet("input exclusive, output not", report(10, 45, 119, 64, NO, 20), usage(10, 64, 0, 25, 20)),
                argumentSet("all of the input cached", report(64, 45, 109, 64, NO, NO), usage(0, 64, 0, 45, 0)),
                argumentSet("total and output only", report(NO, 45, 165, NO, NO, NO), usage(120, 0, 0, 45, 0)),
                argumentSet(
                        "cache reads taken out, writes not",
                        report(1009, 45, 2054, 1000, 1000, NO),
                        usage(9, 1000, 1000, 45, 0)),
                argumentSet("an embedding", report(7, NO, NO, NO, NO, NO), usage(7, 0, 0, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void bucketsAreDisjoint(TokenReport report, List<Long> expected) {
        TokenBuckets buckets = TokenBuckets.of(report);

        assertThat(inOrder(buckets.usage())).isEqualTo(expected);
        assertThat(buckets.warnings()).isEmpty();
    }

    @Test
    void aTotalThatFitsNothingIsFlaggedAndReadAsInclusive() {
        TokenBuckets buckets = TokenBuckets.of(report(120, 45, 999, 64, NO, NO));

        assertThat(inOrder(buckets.usage())).isEqualTo(usage(56, 64, 0, 45, 0));
        assertThat(buckets.warnings()).containsExactly("usage_total_mismatch");
    }

    @Test
    void cacheWritesArePartedByTheirLifetime() {
        Usage usage = TokenBuckets.of(new TokenReport(1000, 5, NO, NO, 300, NO, 100, NO, NO, NO, NO, false, false))
                .usage();

        assertThat(usage.getInCacheWrite5M()).isEqualTo(200);
        assertThat(usage.getInCacheWrite1H()).isEqualTo(100);
        assertThat(usage.getInUncached()).isEqualTo(700);
    }

    @Test
    void lifetimesThatRepeatTheWritesAreNotAddedToThem() {
        // LangSmith 2150: cache_creation and ephemeral_5m both say 300
        Usage usage = TokenBuckets.of(new TokenReport(1000, 5, 1005, NO, 300, 300, NO, NO, NO, NO, NO, false, false))
                .usage();

        assertThat(usage.getInCacheWrite5M()).isEqualTo(300);
        assertThat(usage.getInCacheWrite1H()).isZero();
        assertThat(usage.getInUncached()).isEqualTo(700);
    }

    @Test
    void whereNothingDecidesTheCustomOfTheDialectCountsAndIsCalledAnAssumption() {
        TokenReport inclusive = report(120, 45, NO, 64, NO, 20);
        TokenReport exclusive = new TokenReport(120, 45, NO, 64, NO, NO, NO, 20, NO, NO, NO, false, true);

        assertThat(inOrder(TokenBuckets.of(inclusive).usage())).isEqualTo(usage(56, 64, 0, 25, 20));
        assertThat(TokenBuckets.of(inclusive).usage().getReading()).isEqualTo("assumed_inclusive");
        assertThat(inOrder(TokenBuckets.of(exclusive).usage())).isEqualTo(usage(120, 64, 0, 45, 20));
        assertThat(TokenBuckets.of(exclusive).usage().getReading()).isEqualTo("assumed_exclusive");
    }

    @Test
    void theReadingIsSaidWithTheParts() {
        assertThat(TokenBuckets.of(report(120, 45, 165, 64, NO, 20)).usage().getReading())
                .isEqualTo("inclusive");
        assertThat(TokenBuckets.of(report(56, 25, 165, 64, NO, 20)).usage().getReading())
                .isEqualTo("exclusive");
        assertThat(TokenBuckets.of(report(1009, 45, 2054, 1000, 1000, NO))
                        .usage()
                        .getReading())
                .isEqualTo("exclusive:cache_read");
    }

    @Test
    void audioThatOverlapsTheCacheIsNotCountedTwice() {
        Usage usage = TokenBuckets.of(new TokenReport(100, 50, 150, 80, NO, NO, NO, NO, 60, 30, NO, false, false))
                .usage();

        assertThat(usage.getInCacheRead()).isEqualTo(80);
        assertThat(usage.getInAudio()).isEqualTo(20);
        assertThat(usage.getInUncached()).isZero();
        assertThat(usage.getOutAudio()).isEqualTo(30);
        assertThat(usage.getOutText()).isEqualTo(20);
    }

    @Test
    void whateverIsReportedNoBucketIsNegativeAndNoTokenIsInTwo() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            TokenReport report = new TokenReport(
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    any(random),
                    false,
                    random.nextBoolean());

            Usage usage = TokenBuckets.of(report).usage();

            long in = usage.getInUncached()
                    + usage.getInCacheRead()
                    + usage.getInCacheWrite5M()
                    + usage.getInCacheWrite1H()
                    + usage.getInAudio()
                    + usage.getInImage();
            long out = usage.getOutText() + usage.getOutReasoning() + usage.getOutAudio();
            assertThat(List.of(
                            usage.getInUncached(),
                            usage.getInCacheRead(),
                            usage.getInCacheWrite5M(),
                            usage.getInCacheWrite1H(),
                            usage.getInAudio(),
                            usage.getInImage(),
                            usage.getOutText(),
                            usage.getOutReasoning(),
                            usage.getOutAudio()))
                    .as("%s", report)
                    .allMatch(bucket -> bucket >= 0);
            if (report.input() >= 0) {
                long write = Math.max(
                        Math.max(0, report.cacheWrite()),
                        Math.max(0, report.cacheWrite1h()) + Math.max(0, report.cacheWrite5m()));
                long media = Math.max(0, report.audioInput()) + Math.max(0, report.imageInput());
                assertThat(in - report.input())
                        .as("%s", report)
                        .isIn(sums(Math.max(0, report.cacheRead()), write, media));
            }
            if (report.output() >= 0) {
                assertThat(out - report.output())
                        .as("%s", report)
                        .isIn(sums(Math.max(0, report.reasoning()), Math.max(0, report.audioOutput()), 0));
            }
        }
    }

    /** Sums of any of the three. */
    private static List<Long> sums(long a, long b, long c) {
        return List.of(0L, a, b, c, a + b, a + c, b + c, a + b + c);
    }

    private static long any(SplittableRandom random) {
        return random.nextInt(3) == 0 ? NO : random.nextInt(200);
    }

    private static TokenReport report(long input, long output, long total, long read, long write, long reasoning) {
        return new TokenReport(input, output, total, read, write, NO, NO, reasoning, NO, NO, NO, false, false);
    }

    private static List<Long> usage(long uncached, long cacheRead, long cacheWrite, long text, long reasoning) {
        return List.of(uncached, cacheRead, cacheWrite, text, reasoning);
    }

    private static List<Long> inOrder(Usage usage) {
        return List.of(
                usage.getInUncached(),
                usage.getInCacheRead(),
                usage.getInCacheWrite5M(),
                usage.getOutText(),
                usage.getOutReasoning());
    }
}

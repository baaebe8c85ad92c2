package io.pentameter.ingest.tokens;

import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
import java.util.List;

/**
 * Turns a report into disjoint buckets.
 *
 * <p>Clients mean two different things by "input": with the cached tokens in it (inclusive: OpenTelemetry,
 * OpenInference, OpenAI) or without (exclusive: Anthropic's own counts, Langfuse SDKs from 4). The same goes for output
 * and reasoning. The total tells which: of the readings whose sums are the total, the inclusive one is taken first. With
 * no total a part that exceeds its whole gives the exclusive reading away, and else the dialect's custom counts. If
 * nothing fits, the report is read as inclusive and flagged. {@link Convention} decides.
 *
 * @param usage    the buckets; their sums are what is billed
 * @param warnings what did not fit, as words for the record
 */
public record TokenBuckets(Usage usage, List<String> warnings) {

    /** The parts of the report do not add up to its total under any reading. */
    static final String TOTAL_MISMATCH = "usage_total_mismatch";

    /** Some count was negative and was taken as not reported. */
    static final String NEGATIVE = "usage_negative";

    public static TokenBuckets of(TokenReport report) {
        long cacheRead = orZero(report.cacheRead());
        long cacheWrite1h = orZero(report.cacheWrite1h());
        // some report the lifetimes beside the writes, not within them, and some report nothing but the lifetimes
        long cacheWrite = Math.max(orZero(report.cacheWrite()), cacheWrite1h + orZero(report.cacheWrite5m()));
        long audioInput = orZero(report.audioInput());
        long imageInput = orZero(report.imageInput());
        long reasoning = orZero(report.reasoning());
        long audioOutput = orZero(report.audioOutput());
        long input = input(report);
        long output = output(report, input);

        Convention.Parts parts =
                new Convention.Parts(cacheRead, cacheWrite, audioInput + imageInput, reasoning, audioOutput);
        Convention convention = Convention.of(input, output, parts, report.total(), report.isExclusive());

        // parts are taken from the whole one after the other, so that no token is in two, whatever overlaps
        Usage.Builder usage = Usage.newBuilder();
        long rest = input + convention.besideInput(parts);
        usage.setInCacheRead(Math.min(cacheRead, rest));
        rest -= usage.getInCacheRead();
        usage.setInCacheWrite1H(Math.min(cacheWrite1h, rest));
        rest -= usage.getInCacheWrite1H();
        usage.setInCacheWrite5M(Math.min(cacheWrite - cacheWrite1h, rest));
        rest -= usage.getInCacheWrite5M();
        usage.setInAudio(Math.min(audioInput, rest));
        rest -= usage.getInAudio();
        usage.setInImage(Math.min(imageInput, rest));
        rest -= usage.getInImage();
        usage.setInUncached(rest);

        rest = output + convention.besideOutput(parts);
        usage.setOutReasoning(Math.min(reasoning, rest));
        rest -= usage.getOutReasoning();
        usage.setOutAudio(Math.min(audioOutput, rest));
        rest -= usage.getOutAudio();
        usage.setOutText(rest);

        usage.setSource(report.isDerived() ? UsageSource.USAGE_SOURCE_DERIVED : UsageSource.USAGE_SOURCE_REPORTED);
        usage.setReading(convention.word(parts));
        putReported(usage, report);
        return new TokenBuckets(usage.build(), warnings(report, convention));
    }

    /** What nobody bills: the counts as reported, and nothing in any bucket. */
    public static Usage unbilled(TokenReport report) {
        Usage.Builder usage = Usage.newBuilder().setSource(UsageSource.USAGE_SOURCE_CLIENT_CACHE);
        putReported(usage, report);
        return usage.build();
    }

    private static void putReported(Usage.Builder usage, TokenReport report) {
        if (report.input() >= 0) {
            usage.setReportedInput(report.input());
        }
        if (report.output() >= 0) {
            usage.setReportedOutput(report.output());
        }
        if (report.total() >= 0) {
            usage.setReportedTotal(report.total());
        }
    }

    private static List<String> warnings(TokenReport report, Convention convention) {
        if (report.hadNegative()) {
            return convention.fits() ? List.of(NEGATIVE) : List.of(NEGATIVE, TOTAL_MISMATCH);
        }
        return convention.fits() ? List.of() : List.of(TOTAL_MISMATCH);
    }

    private static long input(TokenReport report) {
        if (report.input() >= 0) {
            return report.input();
        }
        if (report.total() >= 0 && report.output() >= 0) {
            return Math.max(0, report.total() - report.output());
        }
        return 0;
    }

    private static long output(TokenReport report, long input) {
        if (report.output() >= 0) {
            return report.output();
        }
        return report.total() >= 0 && report.input() >= 0 ? Math.max(0, report.total() - input) : 0;
    }

    private static long orZero(long count) {
        return Math.max(0, count);
    }
}

package io.pentameter.ingest.tokens;

import io.pentameter.contracts.v1.UsageSource;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who counted the tokens of a call, and where it was said.
 *
 * @param attribute the attribute that the counts were taken from, empty if there is none
 * @param warnings  doubts, as words for the record
 */
public record UsageOrigin(UsageSource source, String attribute, List<String> warnings) {

    /** The SDK guesses the tokens of streams and does not say which of its calls were streams. */
    static final String MAY_BE_ESTIMATED = "usage_may_be_estimated";

    /** The SDK tells neither cached nor reasoning tokens, however many there were: the cost is an upper bound. */
    static final String PARTS_NOT_TOLD = "usage_parts_not_told";

    /** Who passes on input and output alone. Of others no parts means that there are none: they leave out zeros. */
    private static final Set<String> WITHOUT_PARTS =
            Set.of("@opentelemetry/instrumentation-openai", "io.opentelemetry.openai-java-1.1");

    /** OpenLLMetry for JavaScript: on streams it counts with its own tokenizer, whatever the provider said. */
    private static final String GUESSING_SCOPE = "@traceloop/instrumentation-";

    /**
     * OpenAI's chat format adds at least 7 tokens to the text of one message, so that a prompt of fewer than 8 was never
     * counted by it. Who counts the text alone gives himself away on short prompts.
     */
    private static final long LEAST_CHAT_INPUT = 8;

    public static UsageOrigin of(Reading reading, SpanSource source, TokenReport report) {
        String attribute = firstOf(
                reading.nameOf(Field.INPUT_TOKENS),
                reading.nameOf(Field.OUTPUT_TOKENS),
                reading.nameOf(Field.TOTAL_TOKENS));
        if (Boolean.TRUE.equals(reading.flag(Field.CLIENT_CACHE_HIT))) {
            return new UsageOrigin(UsageSource.USAGE_SOURCE_CLIENT_CACHE, attribute, List.of());
        }
        if (Boolean.TRUE.equals(reading.flag(Field.USAGE_ESTIMATED))) {
            return new UsageOrigin(UsageSource.USAGE_SOURCE_ESTIMATED, attribute, List.of());
        }
        if (source.scopeName().startsWith(GUESSING_SCOPE) && "chat".equals(reading.text(Field.OPERATION))) {
            boolean isGuess = report.input() >= 0 && report.input() < LEAST_CHAT_INPUT;
            return isGuess
                    ? new UsageOrigin(UsageSource.USAGE_SOURCE_ESTIMATED, attribute, List.of())
                    : new UsageOrigin(UsageSource.USAGE_SOURCE_REPORTED, attribute, List.of(MAY_BE_ESTIMATED));
        }
        List<String> doubts = tellsNoParts(source, report) ? List.of(PARTS_NOT_TOLD) : List.of();
        UsageSource plain = report.isDerived() ? UsageSource.USAGE_SOURCE_DERIVED : UsageSource.USAGE_SOURCE_REPORTED;
        return new UsageOrigin(plain, attribute, doubts);
    }

    /** A later version that does tell some, tells them all. */
    private static boolean tellsNoParts(SpanSource source, TokenReport report) {
        return WITHOUT_PARTS.contains(source.scopeName())
                && report.input() > 0
                && report.output() > 0
                && report.cacheRead() < 0
                && report.cacheWrite() < 0
                && report.reasoning() < 0;
    }

    private static String firstOf(@Nullable String... names) {
        for (String name : names) {
            if (name != null) {
                return name;
            }
        }
        return "";
    }
}

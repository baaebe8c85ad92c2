package io.pentameter.ingest.tokens;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parts a client counts beside its "input" and "output", and not within them.
 *
 * @param beside the parts that are to be added, by their bits
 * @param fits   whether the report adds up under this reading, or has no total that it could contradict
 * @param isSure whether total or sizes showed it; if not, it is the dialect's custom
 */
record Convention(int beside, boolean fits, boolean isSure) {

    static final int CACHE_READ = 1;
    static final int CACHE_WRITE = 2;
    static final int MEDIA_INPUT = 4;
    static final int REASONING = 8;
    static final int AUDIO_OUTPUT = 16;

    private static final int ALL = 31;
    private static final int OF_INPUT = CACHE_READ | CACHE_WRITE | MEDIA_INPUT;
    private static final int OF_OUTPUT = REASONING | AUDIO_OUTPUT;

    private static final String[] WORDS = {"cache_read", "cache_write", "media_input", "reasoning", "audio_output"};

    /**
     * Readings in the order in which they are tried: all within, all beside, one direction beside, and then the mixtures
     * that adapters between two conventions make (LiteLLM once took only the cache reads out of Langfuse's input).
     */
    private static final int[] ORDER = {
        0,
        ALL,
        CACHE_READ | CACHE_WRITE | OF_OUTPUT,
        OF_INPUT,
        CACHE_READ | CACHE_WRITE,
        OF_OUTPUT,
        REASONING,
        CACHE_READ,
        CACHE_WRITE,
        CACHE_READ | REASONING,
        CACHE_WRITE | REASONING
    };

    /** The sizes of the parts, in the order of their bits. */
    record Parts(long cacheRead, long cacheWrite, long mediaInput, long reasoning, long audioOutput) {

        /** Whether the parts that are not beside their whole have room in it. Media may overlap with what is cached. */
        boolean fit(int beside, long input, long output) {
            return sum((CACHE_READ | CACHE_WRITE) & ~beside) <= input
                    && sum(MEDIA_INPUT & ~beside) <= input
                    && sum(OF_OUTPUT & ~beside) <= output;
        }

        long sum(int bits) {
            return ((bits & CACHE_READ) != 0 ? cacheRead : 0)
                    + ((bits & CACHE_WRITE) != 0 ? cacheWrite : 0)
                    + ((bits & MEDIA_INPUT) != 0 ? mediaInput : 0)
                    + ((bits & REASONING) != 0 ? reasoning : 0)
                    + ((bits & AUDIO_OUTPUT) != 0 ? audioOutput : 0);
        }
    }

    /**
     * The convention of a report. A total that is but the sum of input and output proves nothing where a part is larger
     * than its whole: so did LangSmith's wrapper of Anthropic add up 19 input tokens beside 39,000 cached ones.
     *
     * @param total       0 or less if not reported
     * @param isExclusive the dialect's custom, for what nothing else decides
     */
    static Convention of(long input, long output, Parts parts, long total, boolean isExclusive) {
        if (parts.sum(ALL) == 0) {
            boolean fits = total <= 0 || total == input + output;
            return new Convention(0, fits, fits);
        }
        if (total > 0) {
            for (int bits : ORDER) {
                if (input + output + parts.sum(bits) == total && parts.fit(bits, input, output)) {
                    return new Convention(bits, true, true);
                }
            }
        }
        // a part that is larger than its whole is none of it
        int larger = (parts.sum(CACHE_READ | CACHE_WRITE) > input ? OF_INPUT : 0)
                | (parts.sum(OF_OUTPUT) > output ? OF_OUTPUT : 0);
        if (total > 0) {
            return new Convention(larger, false, false);
        }
        return larger != 0
                ? new Convention(isExclusive ? ALL : larger, true, true)
                : new Convention(isExclusive ? ALL : 0, true, false);
    }

    long besideInput(Parts parts) {
        return parts.sum(beside & OF_INPUT);
    }

    long besideOutput(Parts parts) {
        return parts.sum(beside & OF_OUTPUT);
    }

    /** For the record: {@code inclusive}, {@code exclusive}, {@code exclusive:cache_read}, {@code assumed_inclusive}. */
    String word(Parts parts) {
        int all = 0;
        for (int bit = 1; bit < ALL; bit <<= 1) {
            all |= parts.sum(bit) > 0 ? bit : 0;
        }
        int real = beside & all;
        String word = real == 0 ? "inclusive" : real == all ? "exclusive" : "exclusive:" + names(real);
        return isSure ? word : "assumed_" + word;
    }

    private static String names(int bits) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < WORDS.length; i++) {
            if ((bits & 1 << i) != 0) {
                names.add(WORDS[i]);
            }
        }
        return String.join("+", names);
    }
}

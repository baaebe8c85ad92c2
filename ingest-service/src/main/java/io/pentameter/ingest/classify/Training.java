package io.pentameter.ingest.classify;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A classifier that was trained, and how well it does on examples that it has not seen.
 *
 * @param model    as the library writes it
 * @param labels   sorted
 * @param examples of all labels together
 * @param quality  by cross-validation
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a file: written once and never compared
public record Training(byte[] model, List<String> labels, int examples, Quality quality) {

    /** Fewest examples of a label: one in each fold. */
    public static final int MIN_PER_LABEL = 5;

    public static final int MIN_LABELS = 2;
    public static final int MAX_LABELS = 30;
    public static final int MAX_EXAMPLES = 2000;

    /** Most characters of an example's text. */
    public static final int MAX_TEXT = 2000;

    /** Most characters of a label. */
    public static final int MAX_LABEL = 60;

    /** A record of the log has room for it. */
    static final int MAX_MODEL = 900_000;

    private static final int FOLDS = 5;

    /** With so many examples what is seen once tells nothing, and takes most of the time. */
    private static final int MANY = 300;

    private static final int[] CUTOFFS = {1, 2, 3, 5, 10};

    /**
     * Share of right answers in cross-validation with five folds, each with the same share of each label.
     *
     * @param right examples whose label was the most probable one
     * @param of    all examples
     * @param low   end of the 95 % interval (Wilson), as if examples were independent
     * @param high  the other end
     * @param labels by label, sorted
     */
    public record Quality(int right, int of, double accuracy, double low, double high, List<LabelQuality> labels) {}

    /**
     * @param precision share of right ones among those that were given the label; null if none was
     * @param recall    share of the label's examples that were given it
     */
    public record LabelQuality(
            String label, int examples, @Nullable Double precision, double recall) {}

    /** What was asked and what its user wanted. */
    public record Labelled(String text, String label) {}

    /**
     * Trains, and cross-validates.
     *
     * @param examples of {@link #MIN_LABELS} labels or more, each with {@link #MIN_PER_LABEL} or more
     * @return empty if the model would be too large for the log even without rare words
     */
    public static Optional<Training> of(List<Labelled> examples) {
        List<Example> all = examples.stream()
                .map(it -> new Example(it.text(), it.label()))
                .sorted(Comparator.comparing(Example::label).thenComparing(Example::text))
                .toList();
        List<String> labels = all.stream().map(Example::label).distinct().toList();
        if (labels.size() < MIN_LABELS) {
            throw new IllegalArgumentException("there must be " + MIN_LABELS + " labels or more: " + labels.size());
        }
        int[] cutoffs = all.size() < MANY ? CUTOFFS : Arrays.copyOfRange(CUTOFFS, 1, CUTOFFS.length);
        for (int cutoff : cutoffs) {
            byte[] model = IntentModel.train(all, cutoff);
            if (model.length <= MAX_MODEL) {
                return Optional.of(new Training(model, labels, all.size(), quality(all, cutoff)));
            }
        }
        return Optional.empty();
    }

    private static Quality quality(List<Example> sorted, int cutoff) {
        Map<String, int[]> counts = new TreeMap<>(); // label: examples, right, given
        int right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Example> seen = new ArrayList<>();
            List<Example> unseen = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                (i % FOLDS == fold ? unseen : seen).add(sorted.get(i));
            }
            IntentModel model = model(IntentModel.train(seen, cutoff));
            for (Example example : unseen) {
                String given =
                        model.classify(example.text()).map(Classified::label).orElse("");
                boolean isRight = given.equals(example.label());
                right += isRight ? 1 : 0;
                int[] own = counts.computeIfAbsent(example.label(), _ -> new int[3]);
                own[0]++;
                own[1] += isRight ? 1 : 0;
                if (!given.isEmpty()) {
                    counts.computeIfAbsent(given, _ -> new int[3])[2]++;
                }
            }
        }
        List<LabelQuality> labels = counts.entrySet().stream()
                .map(it -> labelQuality(it.getKey(), it.getValue()))
                .toList();
        Interval interval = Wilson.interval(right, sorted.size(), Confidence.NINETY_FIVE);
        return new Quality(
                right, sorted.size(), (double) right / sorted.size(), interval.low(), interval.high(), labels);
    }

    private static LabelQuality labelQuality(String label, int[] counts) {
        return new LabelQuality(
                label,
                counts[0],
                counts[2] == 0 ? null : Double.valueOf((double) counts[1] / counts[2]),
                counts[0] == 0 ? 0 : (double) counts[1] / counts[0]);
    }

    private static IntentModel model(byte[] bytes) {
        try {
            return IntentModel.of(bytes, "");
        } catch (IOException e) {
            throw new UncheckedIOException("what was just written can be read", e);
        }
    }
}

package io.pentameter.ingest.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * Finds the most probable one of some languages by OpenNLP's model: its weights of runs of one to three characters. Immutable and
 * thread-safe.
 *
 * <p>The model's probabilities are right in their order and far too alike in their size. They are raised to a power that makes them
 * probabilities on sentences of the usual length; {@code LanguagesTest} holds it fast. What they must be divided by falls out,
 * because languages of other scripts are left out.
 */
final class LanguageScorer {

    /** The exponent; see above. */
    private static final double SHARPNESS = 12;

    /** What languages that few requests are in weigh: a short English sentence looks like one of the hundred easily. */
    private static final double UNUSUAL = 0.02;

    private static final int LONGEST = 3;

    private final WeightTable table;
    private final CommonWords words;

    /** ISO 639-1, each once; empty for those that have no code. */
    private final String[] codes;

    /** Of each outcome, the index of its code: two of the model's languages may have one code. */
    private final int[] codeOf;

    private final double[] priors;

    /**
     * @param candidates outcomes of the model, by number
     * @param codeOfAll  code of each outcome of the model
     */
    LanguageScorer(AbstractModel model, int[] candidates, String[] codeOfAll) {
        codeOf = new int[candidates.length];
        priors = new double[candidates.length];
        List<String> found = new ArrayList<>();
        for (int i = 0; i < candidates.length; i++) {
            String code = codeOfAll[candidates[i]];
            if (!found.contains(code)) {
                found.add(code);
            }
            codeOf[i] = found.indexOf(code);
            priors[i] = Languages.isUsual(code) ? 0 : Math.log(UNUSUAL);
        }
        codes = found.toArray(String[]::new);
        table = table(model, candidates);
        words = new CommonWords(
                Arrays.stream(candidates).mapToObj(it -> codeOfAll[it]).toList());
    }

    private static WeightTable table(AbstractModel model, int[] candidates) {
        int[] columns = new int[model.getNumOutcomes()]; // 1 and up, 0 = left out
        for (int i = 0; i < candidates.length; i++) {
            columns[candidates[i]] = i + 1;
        }
        WeightTable.Draft draft = new WeightTable.Draft(candidates.length);
        ngrams(model).forEach((ngram, context) -> {
            float[] weights = new float[candidates.length];
            boolean isOfUse = false;
            int[] outcomes = context.getOutcomes();
            for (int i = 0; i < outcomes.length; i++) {
                int column = columns[outcomes[i]];
                if (column > 0) {
                    weights[column - 1] = (float) context.getParameters()[i];
                    isOfUse = true;
                }
            }
            if (isOfUse && ngram.length() <= LONGEST) {
                draft.add(key(ngram), weights);
            }
        });
        return draft.table();
    }

    @SuppressWarnings("unchecked") // the library documents the second of these as this map
    private static Map<String, Context> ngrams(AbstractModel model) {
        return (Map<String, Context>) model.getDataStructures()[1];
    }

    private static long key(String ngram) {
        long key = 0;
        for (int i = 0; i < ngram.length(); i++) {
            key = key << 16 | ngram.charAt(i);
        }
        return key;
    }

    /** @param end of what is looked at */
    Optional<Classified> best(String text, int end) {
        float[] sums = sums(text, end);
        float[] ofWords = words.sums(text, end, sums.length);
        double[] logs = new double[sums.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sums.length; i++) {
            logs[i] = SHARPNESS * sums[i] + ofWords[i] + priors[i];
            most = Math.max(most, logs[i]);
        }
        double[] shares = new double[codes.length];
        double all = 0;
        for (int i = 0; i < logs.length; i++) {
            double share = Math.exp(logs[i] - most);
            shares[codeOf[i]] += share;
            all += share;
        }
        int best = 0;
        for (int i = 1; i < shares.length; i++) {
            best = shares[i] > shares[best] ? i : best;
        }
        return codes[best].isEmpty()
                ? Optional.empty()
                : Optional.of(new Classified(codes[best], shares[best] / all, Languages.VERSION));
    }

    /** Of the weights of all runs of one to three characters, each as often as it is there; digits and blanks count as one blank. */
    float[] sums(String text, int end) {
        float[] sums = new float[priors.length];
        long last = 0;
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean isBlank = c <= ' ' || (c >= '0' && c <= '9');
            if (isBlank && length > 0 && (last & 0xFFFF) == ' ') {
                continue;
            }
            last = (last << 16 | (isBlank ? ' ' : Character.toLowerCase(c))) & 0xFFFF_FFFF_FFFFL;
            length++;
            table.addTo(sums, last & 0xFFFF);
            if (length >= 2) {
                table.addTo(sums, last & 0xFFFF_FFFFL);
            }
            if (length >= LONGEST) {
                table.addTo(sums, last);
            }
        }
        return sums;
    }
}

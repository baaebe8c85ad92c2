package io.pentameter.ingest.classify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opennlp.tools.doccat.BagOfWordsFeatureGenerator;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.doccat.FeatureGenerator;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * Finds the intent of a text. Immutable and thread-safe.
 *
 * <p>Multinomial logistic regression with a ridge (OpenNLP's maximum entropy by L-BFGS) over {@link Words}: its outputs are probabilities, and it
 * says little where it knows no word.
 */
public final class IntentModel {

    private static final String PREFIX = "bow=";
    private static final int ITERATIONS = 30;
    private static final double RIDGE = 0.3;

    private final WeightTable table;
    private final String[] labels;
    private final String version;

    private IntentModel(AbstractModel model, String version) {
        this.version = version;
        labels = new String[model.getNumOutcomes()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = model.getOutcome(i);
        }
        table = table(model, labels.length);
    }

    private static WeightTable table(AbstractModel model, int width) {
        WeightTable.Draft draft = new WeightTable.Draft(width);
        features(model).forEach((feature, context) -> {
            float[] weights = new float[width];
            int[] outcomes = context.getOutcomes();
            for (int i = 0; i < outcomes.length; i++) {
                weights[outcomes[i]] = (float) context.getParameters()[i];
            }
            draft.add(key(feature), weights);
        });
        return draft.table();
    }

    @SuppressWarnings("unchecked") // the library documents the second of these as this map
    private static Map<String, Context> features(AbstractModel model) {
        return (Map<String, Context>) model.getDataStructures()[1];
    }

    /**
     * A model as {@link #train} writes it.
     *
     * @param version names it in what is classified
     * @throws IOException if it cannot be read
     */
    public static IntentModel of(byte[] bytes, String version) throws IOException {
        DoccatModel model = new DoccatModel(new ByteArrayInputStream(bytes));
        return new IntentModel((AbstractModel) model.getMaxentModel(), version);
    }

    /**
     * Learns from examples.
     *
     * @param examples with two labels or more
     * @param cutoff   how often a feature must be seen to count, 1 or more
     * @return the model, as the library writes it
     */
    static byte[] train(List<Example> examples, int cutoff) {
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, cutoff);
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "MAXENT_QN");
        // ridge: few examples must not make sure of themselves
        parameters.put("L1Cost", 0.0);
        parameters.put("L2Cost", RIDGE);
        parameters.put("PrintMessages", false);
        List<DocumentSample> samples = new ArrayList<>(examples.size());
        for (Example example : examples) {
            String[] words = Words.of(example.text());
            if (words.length > 0) {
                samples.add(new DocumentSample(example.label(), words));
            }
        }
        try {
            DoccatModel trained = DocumentCategorizerME.train(
                    "x",
                    ObjectStreamUtils.createObjectStream(samples),
                    parameters,
                    new DoccatFactory(new FeatureGenerator[] {new BagOfWordsFeatureGenerator()}));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            trained.serialize(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory can be read", e);
        }
    }

    /** The most probable intent, however improbable; empty if the text has no word that the model knows. */
    public Optional<Classified> classify(String text) {
        float[] sums = new float[labels.length];
        Words.each(text, (kind, chars, from, to) -> table.addTo(sums, key(kind, chars, from, to)));
        int best = 0;
        float least = sums[0];
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] > sums[best] ? i : best;
            least = Math.min(least, sums[i]);
        }
        if (sums[best] == least) {
            return Optional.empty();
        }
        double all = 0;
        for (float sum : sums) {
            all += Math.exp(sum - sums[best]);
        }
        return Optional.of(new Classified(labels[best], 1 / all, version));
    }

    /** Of a feature as the library names it. */
    private static long key(String feature) {
        String own = feature.startsWith(PREFIX) ? feature.substring(PREFIX.length()) : feature;
        return key((char) 0, own.toCharArray(), 0, own.length());
    }

    /** A number of 64 bits for a feature; that two of some ten thousand share one is as good as impossible. */
    private static long key(char kind, char[] text, int from, int to) {
        long key = kind == 0 ? 1 : mixed(1, kind);
        for (int i = from; i < to; i++) {
            key = mixed(key, text[i]);
        }
        return key == 0 ? 1 : key;
    }

    private static long mixed(long key, char c) {
        long next = (key ^ c) * 0x9DDFEA08EB382D69L;
        return next ^ (next >>> 29);
    }

    public String version() {
        return version;
    }
}

package io.pentameter.ingest.classify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import opennlp.tools.doccat.BagOfWordsFeatureGenerator;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.doccat.FeatureGenerator;
import opennlp.tools.ml.model.MaxentModel;
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

    private final MaxentModel model;
    private final String version;

    private IntentModel(MaxentModel model, String version) {
        this.model = model;
        this.version = version;
    }

    /**
     * A model as {@link #train} writes it.
     *
     * @param version names it in what is classified
     * @throws IOException if it cannot be read
     */
    public static IntentModel of(byte[] bytes, String version) throws IOException {
        return new IntentModel(new DoccatModel(new ByteArrayInputStream(bytes)).getMaxentModel(), version);
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
        String[] words = Words.of(text, PREFIX);
        double[] probabilities = model.eval(words);
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        boolean isFlat = words.length == 0
                || probabilities[best] - Arrays.stream(probabilities).min().orElse(0) < 1e-9;
        return isFlat
                ? Optional.empty()
                : Optional.of(new Classified(model.getOutcome(best), probabilities[best], version));
    }

    public String version() {
        return version;
    }
}

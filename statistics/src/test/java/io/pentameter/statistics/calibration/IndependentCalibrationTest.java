package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every correction of a judge against numpy. */
class IndependentCalibrationTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    @DisplayName("post-stratified-ppi-three-classes")
    void postStratified() {
        PublishedCase independent = independent("post-stratified-ppi-three-classes");
        List<VerdictClass> classes = new ArrayList<>();
        for (JsonNode row : independent.input().path("classes")) {
            classes.add(new VerdictClass(
                    row.path("population").doubleValue(),
                    row.path("judged").longValue(),
                    row.path("passed").longValue(),
                    row.path("census").booleanValue(),
                    new LabelCell(row.path("n0").longValue(), row.path("x0").longValue()),
                    new LabelCell(row.path("n1").longValue(), row.path("x1").longValue())));
        }

        Estimate estimate = PostStratifiedPpi.estimate(classes, LabelDesign.BY_VERDICT, CONFIDENCE)
                .estimate();

        assertNear(independent, "theta", estimate.value());
        assertNear(independent, "se", estimate.standardError());
        assertNear(independent, "lo", estimate.interval().low());
        assertNear(independent, "hi", estimate.interval().high());
    }

    @Test
    @DisplayName("ppi-plus-plus-numpy")
    void ppiPlusPlus() {
        PublishedCase independent = independent("ppi-plus-plus-numpy");
        PredictedSample sample = new PredictedSample(
                numbers(independent, "truth"), numbers(independent, "f"), numbers(independent, "unlabelled"));

        Estimate estimate = PpiPlusPlus.rate(sample, CONFIDENCE).estimate();

        assertNear(independent, "lambda", PpiFit.bestLambda(sample, PpiFit.Convention.DEFAULT));
        assertNear(independent, "theta", estimate.value());
        assertNear(independent, "se", estimate.standardError());
        double[] interval = PublishedCase.numbers(independent.expected().path("wilson_neff"));
        assertThat(estimate.interval().low()).isCloseTo(interval[0], within(independent.tolerance()));
        assertThat(estimate.interval().high()).isCloseTo(interval[1], within(independent.tolerance()));
    }

    @Test
    @DisplayName("judge-panel-numpy")
    void panel() {
        PublishedCase independent = independent("judge-panel-numpy");

        JudgePanel.Result result = JudgePanel.rate(
                numbers(independent, "truth"),
                matrix(independent.input().path("f")),
                matrix(independent.input().path("unlabelled")),
                CONFIDENCE);

        double[] beta = PublishedCase.numbers(independent.expected().path("beta"));
        double[][] correlations = matrix(independent.expected().path("correlations"));
        for (int j = 0; j < beta.length; j++) {
            assertThat(result.weights().get(j)).isCloseTo(beta[j], within(independent.tolerance()));
            for (int k = 0; k < beta.length; k++) {
                assertThat(result.correlations().get(j).get(k)).isCloseTo(correlations[j][k], within(1e-12));
            }
        }
        assertNear(independent, "theta", result.debiased().estimate().value());
        assertNear(independent, "se", result.debiased().estimate().standardError());
    }

    @Test
    @DisplayName("two-phase-numpy")
    void twoPhase() {
        PublishedCase independent = independent("two-phase-numpy");
        double[] score = numbers(independent, "f");
        double[] truth = numbers(independent, "truth");
        double[] labelled = numbers(independent, "labelled");
        double[] first = numbers(independent, "p1");
        double[] second = numbers(independent, "p2");
        double[] session = numbers(independent, "session");
        List<TwoPhase.Answer> answers = new ArrayList<>();
        for (int i = 0; i < score.length; i++) {
            Optional<Double> label = labelled[i] == 1 ? Optional.of(truth[i]) : Optional.empty();
            answers.add(new TwoPhase.Answer(score[i], first[i], label, second[i], session[i]));
        }

        Estimate estimate = TwoPhase.rate(answers, CONFIDENCE).estimate();

        assertNear(independent, "theta", estimate.value());
        assertNear(independent, "se", estimate.standardError());
    }

    @Test
    @DisplayName("verbosity-wls-hc1-numpy")
    void verbosity() {
        PublishedCase independent = independent("verbosity-wls-hc1-numpy");
        double[] score = numbers(independent, "score");
        double[] truth = numbers(independent, "truth");
        double[] probability = numbers(independent, "probability");
        List<JudgeBias.Labelled> answers = new ArrayList<>();
        for (int i = 0; i < score.length; i++) {
            answers.add(new JudgeBias.Labelled(score[i], truth[i], probability[i]));
        }

        Estimate estimate = JudgeBias.verbosity(answers, numbers(independent, "tokens"), CONFIDENCE)
                .estimate();

        assertNear(independent, "slope", estimate.value());
        assertNear(independent, "se", estimate.standardError());
    }

    @Test
    @DisplayName("rogan-gladen-three")
    void roganGladen() {
        PublishedCase independent = independent("rogan-gladen-three");
        for (JsonNode row : independent.expected()) {
            RoganGladen.Accuracy accuracy = new RoganGladen.Accuracy(
                    row.path("sp").doubleValue(),
                    row.path("m0").longValue(),
                    row.path("se").doubleValue(),
                    row.path("m1").longValue());

            Estimate estimate = RoganGladen.estimate(
                            row.path("p").doubleValue(), row.path("n").longValue(), accuracy, CONFIDENCE)
                    .estimate();

            assertThat(estimate.value()).isCloseTo(row.path("theta").doubleValue(), within(1e-12));
            assertThat(estimate.interval().low())
                    .isCloseTo(row.path("lo").doubleValue(), within(independent.tolerance()));
            assertThat(estimate.interval().high())
                    .isCloseTo(row.path("hi").doubleValue(), within(independent.tolerance()));
        }
    }

    @Test
    @DisplayName("mcnemar-scipy")
    void mcNemar() {
        PublishedCase independent = independent("mcnemar-scipy");
        for (JsonNode row : independent.expected()) {
            PairedVerdicts verdicts = new PairedVerdicts(
                    10, row.path("b").longValue(), row.path("c").longValue(), 20);

            assertThat(verdicts.exactPValue()).isCloseTo(row.path("p").doubleValue(), within(independent.tolerance()));
        }
    }

    @Test
    @DisplayName("paired-difference-numpy")
    void pairedDifference() {
        PublishedCase independent = independent("paired-difference-numpy");
        JsonNode input = independent.input();
        PairedVerdicts verdicts = new PairedVerdicts(
                input.path("both").longValue(),
                input.path("onlyFirst").longValue(),
                input.path("onlySecond").longValue(),
                input.path("neither").longValue());

        Estimate difference = verdicts.difference(CONFIDENCE);

        assertNear(independent, "difference", difference.value());
        assertNear(independent, "se", difference.standardError());
        assertNear(independent, "lo", difference.interval().low());
        assertNear(independent, "hi", difference.interval().high());
    }

    private static PublishedCase independent(String id) {
        return PublishedCase.of("independent", id);
    }

    private static double[] numbers(PublishedCase independent, String name) {
        return PublishedCase.numbers(independent.input().path(name));
    }

    private static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = PublishedCase.numbers(rows.get(i));
        }
        return matrix;
    }

    private static void assertNear(PublishedCase independent, String name, double actual) {
        assertThat(actual)
                .as(name)
                .isCloseTo(independent.expected().path(name).doubleValue(), within(independent.tolerance()));
    }
}

package io.pentameter.statistics.calibration;

import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.verification.Draws;
import io.pentameter.statistics.verification.Effort;
import io.pentameter.statistics.verification.Figure;
import io.pentameter.statistics.verification.Study;
import io.pentameter.statistics.verification.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every estimator that a page may show, at the label counts and rates at which it may be shown. */
final class CoverageGridStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final int[] LABELS = {30, 100, 400};
    private static final double[] RATES = {0.8, 0.9, 0.97};
    private static final double SENSITIVITY = 0.95;
    private static final double SPECIFICITY = 0.75;
    private static final int JUDGED = 2_000;

    @Override
    public String id() {
        return "default-estimator-coverage";
    }

    @Override
    public String area() {
        return "Calibration";
    }

    @Override
    public String shows() {
        return "Share of 95 % intervals that hold the true rate, judge with sensitivity 0.95 and specificity 0.75, 2000 judged answers, and the"
                + " mean of the estimates. Wanted: 0.93 to 0.985. PPI++ tunes λ on the labels that it corrects with, which biases it by up to"
                + " 0.8 points at 30 labels, a seventh of its standard error; the default estimator (MOVER by verdict) is unbiased.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        List<Figure> figures = new ArrayList<>();
        Draws draws = new Draws(seed);
        for (int labels : LABELS) {
            for (double rate : RATES) {
                figures.addAll(run(labels, rate, draws, effort));
            }
        }
        return figures;
    }

    private static List<Figure> run(int labels, double rate, Draws draws, Effort effort) {
        Tally byVerdict = new Tally();
        Tally value = new Tally();
        Tally graded = new Tally();
        Tally gradedValue = new Tally();
        Tally twoPhase = new Tally();
        Tally twoPhaseValue = new Tally();
        int slow = effort.of(1_500);
        for (int run = effort.of(8_000); run > 0; run--) {
            Estimate estimate = byVerdict(labels, rate, draws);
            byVerdict.add(estimate.interval().holds(rate));
            value.add(estimate.value());
            if (run <= slow) {
                Estimate ofGrades = PpiPlusPlus.rate(graded(labels, rate, draws), CONFIDENCE)
                        .estimate();
                graded.add(ofGrades.interval().holds(rate));
                gradedValue.add(ofGrades.value());
                Estimate ofTwo =
                        TwoPhase.rate(twoPhase(labels, rate, draws), CONFIDENCE).estimate();
                twoPhase.add(!ofTwo.isKnown() || ofTwo.interval().holds(rate));
                twoPhaseValue.add(ofTwo.isKnown() ? ofTwo.value() : rate);
            }
        }
        String at = "rate %s, %d labels: ".formatted(rate, labels);
        return List.of(
                coverage(at + "MOVER by verdict", byVerdict, 0.93),
                Figure.near(at + "mean, MOVER by verdict", rate, 0.004, value.mean()),
                coverage(at + "PPI++ on grades", graded, 0.93),
                Figure.near(at + "mean, PPI++ on grades", rate, labels < 100 ? 0.01 : 0.004, gradedValue.mean()),
                coverage(at + "two-phase", twoPhase, 0.92),
                Figure.near(at + "mean, two-phase", rate, 0.01, twoPhaseValue.mean()));
    }

    private static Figure coverage(String what, Tally hits, double least) {
        return new Figure(
                "coverage, " + what, "0.95", hits.mean().value(), hits.mean().error(), new Interval(least, 0.985));
    }

    /** A third of the labels on failures. */
    private static Estimate byVerdict(int labels, double rate, Draws draws) {
        int good = draws.binomial(JUDGED, rate);
        int goodPassed = draws.binomial(good, SENSITIVITY);
        int badPassed = draws.binomial(JUDGED - good, 1 - SPECIFICITY);
        int passed = goodPassed + badPassed;
        int onFail = Math.min(JUDGED - passed, labels / 3);
        int onPass = labels - onFail;
        VerdictClass all = VerdictClass.single(
                JUDGED,
                passed,
                new LabelCell(onFail, draws.hypergeometric(JUDGED - passed, good - goodPassed, onFail)),
                new LabelCell(onPass, draws.hypergeometric(passed, goodPassed, onPass)));
        return PostStratifiedPpi.estimate(List.of(all), LabelDesign.BY_VERDICT, CONFIDENCE)
                .estimate();
    }

    /** Grades of 0 to 1 that lean towards the truth. */
    private static PredictedSample graded(int labels, double rate, Draws draws) {
        double[] truths = new double[labels];
        double[] scores = new double[labels];
        for (int i = 0; i < labels; i++) {
            truths[i] = draws.hit(rate) ? 1 : 0;
            scores[i] = grade(truths[i], draws);
        }
        double[] unlabelled = new double[JUDGED];
        for (int i = 0; i < JUDGED; i++) {
            unlabelled[i] = grade(draws.hit(rate) ? 1 : 0, draws);
        }
        return new PredictedSample(truths, scores, unlabelled);
    }

    private static double grade(double truth, Draws draws) {
        return Math.min(1, Math.max(0, 0.3 + 0.4 * truth + 0.2 * draws.normal()));
    }

    /** Judged with probability 0.2 or 1, labelled with a probability that depends on the verdict. */
    private static List<TwoPhase.Answer> twoPhase(int labels, double rate, Draws draws) {
        double perAnswer = labels / 1_000.0;
        List<TwoPhase.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            double judgeProbability = i % 6 == 0 ? 1 : 0.2;
            if (!draws.hit(judgeProbability)) {
                continue;
            }
            double truth = draws.hit(rate) ? 1 : 0;
            double score = draws.hit(truth == 1 ? SENSITIVITY : 1 - SPECIFICITY) ? 1 : 0;
            double labelProbability = Math.min(1, score == 1 ? 0.8 * perAnswer : 2 * perAnswer);
            Optional<Double> label = draws.hit(labelProbability) ? Optional.of(truth) : Optional.empty();
            answers.add(new TwoPhase.Answer(score, judgeProbability, label, labelProbability, i));
        }
        return answers;
    }
}

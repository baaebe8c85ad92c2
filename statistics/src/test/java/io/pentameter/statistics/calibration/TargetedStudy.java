package io.pentameter.statistics.calibration;

import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.sampling.NeymanAllocation;
import io.pentameter.statistics.verification.Draws;
import io.pentameter.statistics.verification.Effort;
import io.pentameter.statistics.verification.Figure;
import io.pentameter.statistics.verification.Study;
import io.pentameter.statistics.verification.Tally;
import java.util.ArrayList;
import java.util.List;

/** The whole way: targeted sampling with a uniform floor, a biased judge, few labels drawn by class and verdict. */
final class TargetedStudy implements Study {

    private static final int[] REQUESTS = {1_200, 3_000, 55_800};
    private static final double[] QUALITY = {0.2, 0.8, 0.93};
    private static final double[] PROBABILITY = {1, 1, 0.005};
    private static final double SENSITIVITY = 0.95;
    private static final double SPECIFICITY = 0.70;
    private static final double TRUTH = 0.9089;
    private static final int[] BUDGETS = {75, 157, 277};
    private static final double[] PUBLISHED_SPREAD = {0.0252, 0.0175, 0.0151};
    private static final double[] PUBLISHED_COVERAGE = {0.959, 0.960, 0.954};
    private static final double[] PUBLISHED_WIDTH = {0.1188, 0.0758, 0.0608};

    @Override
    public String id() {
        return "targeted-plus-baseline-sim";
    }

    @Override
    public String area() {
        return "Calibration";
    }

    @Override
    public String shows() {
        return "60 000 requests; errors and high-risk ones are all judged, of the rest 0.5 %; the judge has sensitivity 0.95 and specificity"
                + " 0.70. The mean of what was judged is far off, Horvitz–Thompson is right but noisy, post-stratification is right. With"
                + " 75, 157 and 277 labels, at least five for each class and verdict, the corrected rate is right and covers.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        Draws draws = new Draws(seed);
        Tally naive = new Tally();
        Tally expanded = new Tally();
        Tally stratified = new Tally();
        Outcome[] outcomes = {new Outcome(), new Outcome(), new Outcome()};
        for (int run = effort.of(3_000); run > 0; run--) {
            Judged[] classes = judge(draws);
            double passed = 0;
            double judged = 0;
            double total = 0;
            double strata = 0;
            for (int c = 0; c < 3; c++) {
                passed += classes[c].passes();
                judged += classes[c].count();
                total += classes[c].passes() / PROBABILITY[c];
                strata += REQUESTS[c] / 60_000.0 * classes[c].passes() / Math.max(1, classes[c].count());
            }
            naive.add(passed / judged);
            expanded.add(total / 60_000);
            stratified.add(strata);
            for (int b = 0; b < BUDGETS.length; b++) {
                outcomes[b].add(label(classes, BUDGETS[b], draws));
            }
        }
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.near("mean of what was judged", 0.7209, 0.002, naive.mean()),
                Figure.near("Horvitz–Thompson, mean", 0.8909, 0.002, expanded.mean()),
                Figure.near("Horvitz–Thompson, standard deviation", 0.0535, 0.0027, expanded.spread()),
                Figure.near("post-stratified, mean", 0.8909, 0.002, stratified.mean()),
                Figure.near("post-stratified, standard deviation", 0.0165, 0.0008, stratified.spread())));
        for (int b = 0; b < BUDGETS.length; b++) {
            String with = "corrected with %d labels, ".formatted(BUDGETS[b]);
            Outcome outcome = outcomes[b];
            figures.add(Figure.near(with + "mean", TRUTH, 0.002, outcome.values.mean()));
            figures.add(Figure.near(
                    with + "standard deviation",
                    PUBLISHED_SPREAD[b],
                    0.05 * PUBLISHED_SPREAD[b],
                    outcome.values.spread()));
            figures.add(new Figure(
                    with + "coverage",
                    String.valueOf(PUBLISHED_COVERAGE[b]),
                    outcome.hits.mean().value(),
                    outcome.hits.mean().error(),
                    new Interval(0.94, 0.97)));
            figures.add(
                    Figure.near(with + "width", PUBLISHED_WIDTH[b], 0.07 * PUBLISHED_WIDTH[b], outcome.widths.mean()));
        }
        return figures;
    }

    /** What the corrected rate did over the runs. */
    private static final class Outcome {

        private final Tally values = new Tally();
        private final Tally hits = new Tally();
        private final Tally widths = new Tally();

        void add(Estimate estimate) {
            values.add(estimate.value());
            hits.add(estimate.interval().holds(TRUTH));
            widths.add(estimate.interval().width());
        }
    }

    /** Judged answers of a class by verdict and truth. */
    private record Judged(int goodPassed, int badPassed, int goodFailed, int badFailed) {

        int passes() {
            return goodPassed + badPassed;
        }

        int count() {
            return passes() + goodFailed + badFailed;
        }
    }

    private static Judged[] judge(Draws draws) {
        Judged[] classes = new Judged[3];
        for (int c = 0; c < 3; c++) {
            int count = PROBABILITY[c] == 1 ? REQUESTS[c] : draws.binomial(REQUESTS[c], PROBABILITY[c]);
            int good = draws.binomial(count, QUALITY[c]);
            int goodPassed = draws.binomial(good, SENSITIVITY);
            int badFailed = draws.binomial(count - good, SPECIFICITY);
            classes[c] = new Judged(goodPassed, count - good - badFailed, good - goodPassed, badFailed);
        }
        return classes;
    }

    private static Estimate label(Judged[] classes, int budget, Draws draws) {
        List<NeymanAllocation.Stratum> cells = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            Judged judged = classes[c];
            cells.add(cell(c, judged.count() - judged.passes(), judged.count(), 0.41));
            cells.add(cell(c, judged.passes(), judged.count(), 0.97));
        }
        List<Long> sizes = NeymanAllocation.divide(budget, 5, cells).whole();
        List<VerdictClass> labelled = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            Judged judged = classes[c];
            int onFail = Math.toIntExact(sizes.get(2 * c));
            int onPass = Math.toIntExact(sizes.get(2 * c + 1));
            labelled.add(new VerdictClass(
                    REQUESTS[c],
                    judged.count(),
                    judged.passes(),
                    PROBABILITY[c] == 1,
                    new LabelCell(
                            onFail,
                            draws.hypergeometric(
                                    judged.goodFailed() + judged.badFailed(), judged.goodFailed(), onFail)),
                    new LabelCell(onPass, draws.hypergeometric(judged.passes(), judged.goodPassed(), onPass))));
        }
        return PostStratifiedPpi.estimate(labelled, LabelDesign.BY_VERDICT, Confidence.NINETY_FIVE)
                .estimate();
    }

    /** Spread of the cell, scaled so that it counts with its traffic and not with how much of it was judged. */
    private static NeymanAllocation.Stratum cell(int c, int available, int judged, double humanRate) {
        double traffic = (double) REQUESTS[c] / Math.max(1, judged);
        return new NeymanAllocation.Stratum(available, traffic * Math.sqrt(humanRate * (1 - humanRate)));
    }
}

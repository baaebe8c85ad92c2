package io.pentameter.statistics.calibration;

import io.pentameter.statistics.calibration.RoganGladen.Accuracy;
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

/** Labels from elsewhere, and what the same-period estimator does with them. */
final class RoganGladenStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final double SENSITIVITY = 0.92;
    private static final double SPECIFICITY = 0.8;

    @Override
    public String id() {
        return "rogan-gladen-coverage";
    }

    @Override
    public String area() {
        return "Calibration";
    }

    @Override
    public String shows() {
        return "The judge was measured where half of the answers are good; the traffic has other rates. Lang and Reiczigel's interval covers;"
                + " the human rates by verdict of the other traffic are wrong here, which is why labels of another period go to Rogan–Gladen.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        List<Figure> figures = new ArrayList<>();
        Draws draws = new Draws(seed);
        for (double rate : new double[] {0.5, 0.8, 0.95}) {
            Tally hits = new Tally();
            Tally value = new Tally();
            Tally transferred = new Tally();
            for (int run = effort.of(10_000); run > 0; run--) {
                int rightFailures = draws.binomial(150, SPECIFICITY);
                int rightPasses = draws.binomial(150, SENSITIVITY);
                double share = draws.binomial(3_000, rate * SENSITIVITY + (1 - rate) * (1 - SPECIFICITY)) / 3_000.0;
                Estimate estimate = RoganGladen.estimate(
                                share,
                                3_000,
                                new Accuracy(rightFailures / 150.0, 150, rightPasses / 150.0, 150),
                                CONFIDENCE)
                        .estimate();
                hits.add(estimate.interval().holds(rate));
                value.add(estimate.value());
                LabelCell onFail = new LabelCell(150 - rightPasses + rightFailures, 150 - rightPasses);
                LabelCell onPass = new LabelCell(rightPasses + 150 - rightFailures, rightPasses);
                transferred.add(PostStratifiedPpi.estimate(
                                List.of(VerdictClass.single(3_000, Math.round(3_000 * share), onFail, onPass)),
                                PostStratifiedPpi.LabelDesign.BY_VERDICT,
                                CONFIDENCE)
                        .estimate()
                        .interval()
                        .holds(rate));
            }
            String at = "rate %s: ".formatted(rate);
            figures.add(new Figure(
                    at + "coverage", "0.95", hits.mean().value(), hits.mean().error(), new Interval(0.93, 0.975)));
            figures.add(Figure.near(at + "mean", rate, 0.006, value.mean()));
            if (rate > 0.5) {
                figures.add(new Figure(
                        at + "coverage if the rates by verdict are carried over",
                        "far below 0.95",
                        transferred.mean().value(),
                        transferred.mean().error(),
                        new Interval(0, 0.5)));
            }
        }
        return figures;
    }
}

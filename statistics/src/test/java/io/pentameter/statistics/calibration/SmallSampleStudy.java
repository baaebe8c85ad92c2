package io.pentameter.statistics.calibration;

import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.verification.Draws;
import io.pentameter.statistics.verification.Effort;
import io.pentameter.statistics.verification.Figure;
import io.pentameter.statistics.verification.Study;
import io.pentameter.statistics.verification.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Coverage of a corrected pass rate at few labels: the textbook interval of PPI++, Wilson at the effective size, MOVER. */
final class SmallSampleStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final int JUDGED = 5_000;

    /** Published: coverage of PPI++ z, Wilson n_eff, MOVER; width of MOVER, of labels alone. */
    private record Row(
            double rate,
            double sensitivity,
            double specificity,
            int labels,
            double textbook,
            double wilson,
            double mover,
            double width,
            double humanWidth) {}

    private static final List<Row> ROWS = List.of(
            new Row(0.90, 0.95, 0.7, 20, 0.825, 0.926, 0.962, 0.239, 0.264),
            new Row(0.90, 0.95, 0.7, 30, 0.815, 0.954, 0.960, 0.189, 0.215),
            new Row(0.90, 0.95, 0.7, 50, 0.884, 0.940, 0.961, 0.141, 0.166),
            new Row(0.90, 0.95, 0.7, 100, 0.917, 0.946, 0.954, 0.097, 0.118),
            new Row(0.90, 0.95, 0.7, 200, 0.936, 0.952, 0.956, 0.068, 0.083),
            new Row(0.90, 0.95, 0.7, 400, 0.940, 0.949, 0.952, 0.048, 0.059),
            new Row(0.97, 0.97, 0.8, 20, 0.307, 0.835, 0.962, 0.189, 0.197),
            new Row(0.97, 0.97, 0.8, 30, 0.583, 0.946, 0.949, 0.142, 0.151),
            new Row(0.97, 0.97, 0.8, 50, 0.726, 0.920, 0.957, 0.099, 0.110),
            new Row(0.97, 0.97, 0.8, 100, 0.843, 0.952, 0.957, 0.063, 0.072),
            new Row(0.97, 0.97, 0.8, 200, 0.907, 0.946, 0.960, 0.041, 0.049),
            new Row(0.97, 0.97, 0.8, 400, 0.923, 0.946, 0.957, 0.029, 0.034));

    @Override
    public String id() {
        return "ppi-small-sample-coverage";
    }

    @Override
    public String area() {
        return "Calibration";
    }

    @Override
    public String shows() {
        return "A binary judge on 5000 answers and 20 to 400 labels drawn at random. The 95 % interval that packages print for PPI++ covers far"
                + " too little at high pass rates and few labels; MOVER over Wilson intervals covers, and is narrower than the labels alone. The"
                + " published column named after ppi_py is that of package GLIDE (sample variances, no limits for λ); ppi_py itself is worse.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        List<Figure> figures = new ArrayList<>();
        Draws draws = new Draws(seed);
        for (Row row : ROWS) {
            figures.addAll(run(row, draws, effort));
        }
        return figures;
    }

    private static List<Figure> run(Row row, Draws draws, Effort effort) {
        Tally textbook = new Tally();
        Tally unlimitedTextbook = new Tally();
        Tally wilson = new Tally();
        Tally mover = new Tally();
        Tally width = new Tally();
        Tally humanWidth = new Tally();
        int arrays = effort.of(4_000); // the general estimator walks over all answers; the default one only counts
        for (int run = effort.of(20_000); run > 0; run--) {
            int good = draws.binomial(row.labels(), row.rate());
            int goodPassed = draws.binomial(good, row.sensitivity());
            int badPassed = draws.binomial(row.labels() - good, 1 - row.specificity());
            int passed = draws.binomial(JUDGED, passShare(row));
            VerdictClass all = VerdictClass.single(
                    JUDGED,
                    passed,
                    new LabelCell(row.labels() - goodPassed - badPassed, good - goodPassed),
                    new LabelCell(goodPassed + badPassed, goodPassed));
            Estimate estimate = PostStratifiedPpi.estimate(List.of(all), LabelDesign.RANDOM, CONFIDENCE)
                    .estimate();
            mover.add(estimate.interval().holds(row.rate()));
            width.add(estimate.interval().width());
            humanWidth.add(Wilson.interval(good, row.labels(), CONFIDENCE).width());
            if (run <= arrays) {
                PredictedSample sample = sample(row.labels(), good, goodPassed, badPassed, passed);
                PpiFit fit = PpiFit.tuned(sample, PpiFit.Convention.PPI_PY);
                PpiFit unlimited = PpiFit.tuned(sample, PpiFit.Convention.GLIDE);
                unlimitedTextbook.add(NormalInterval.of(unlimited.value(), unlimited.standardError(), CONFIDENCE)
                        .holds(row.rate()));
                textbook.add(NormalInterval.of(fit.value(), fit.standardError(), CONFIDENCE)
                        .holds(row.rate()));
                wilson.add(PpiPlusPlus.rate(sample, CONFIDENCE)
                        .estimate()
                        .interval()
                        .holds(row.rate()));
            }
        }
        String at = "rate %s, %d labels: ".formatted(row.rate(), row.labels());
        return List.of(
                Figure.near(at + "coverage PPI++ z, GLIDE", row.textbook(), 0.01, unlimitedTextbook.mean()),
                new Figure(
                        at + "coverage PPI++ z, ppi_py",
                        "at most that of GLIDE",
                        textbook.mean().value(),
                        textbook.mean().error(),
                        new Interval(0, row.textbook() + 0.015)),
                Figure.near(at + "coverage Wilson n_eff", row.wilson(), 0.015, wilson.mean()),
                Figure.near(at + "coverage MOVER", row.mover(), 0.01, mover.mean()),
                Figure.near(at + "width MOVER", row.width(), 0.0015, width.mean()),
                Figure.near(at + "width labels alone", row.humanWidth(), 0.0015, humanWidth.mean()));
    }

    private static double passShare(Row row) {
        return row.rate() * row.sensitivity() + (1 - row.rate()) * (1 - row.specificity());
    }

    private static PredictedSample sample(int labels, int good, int goodPassed, int badPassed, int passed) {
        double[] truths = new double[labels];
        double[] scores = new double[labels];
        Arrays.fill(truths, 0, good, 1);
        Arrays.fill(scores, 0, goodPassed, 1);
        Arrays.fill(scores, good, good + badPassed, 1);
        double[] unlabelled = new double[JUDGED];
        Arrays.fill(unlabelled, 0, passed, 1);
        return new PredictedSample(truths, scores, unlabelled);
    }
}

package io.pentameter.statistics.verification;

import io.pentameter.statistics.agreement.Credit;
import io.pentameter.statistics.agreement.Distance;
import io.pentameter.statistics.agreement.GwetAc;
import io.pentameter.statistics.agreement.KrippendorffAlpha;
import io.pentameter.statistics.agreement.Ratings;
import io.pentameter.statistics.agreement.UnitBootstrap;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Intervals of agreement between three raters of a yes/no question, some ratings missing. */
final class AgreementStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final double PASS_RATE = 0.8;
    private static final double ERROR = 0.1;

    @Override
    public String id() {
        return "agreement-coverage";
    }

    @Override
    public String area() {
        return "Agreement";
    }

    @Override
    public String shows() {
        return "120 units, three raters who each err in 10 % of units, a fifth of ratings missing, 80 % of units pass. Share of 95 % intervals"
                + " that hold the coefficient of a million units.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        // two raters agree if both err or neither; the population values follow
        double agreeing = ERROR * ERROR + (1 - ERROR) * (1 - ERROR);
        double prevalence = PASS_RATE * (1 - ERROR) + (1 - PASS_RATE) * ERROR;
        double trueAlpha = 1 - (1 - agreeing) / (2 * prevalence * (1 - prevalence));
        double chance = 2 * prevalence * (1 - prevalence);
        double trueGwet = (agreeing - chance) / (1 - chance);
        Draws draws = new Draws(seed);
        Tally alpha = new Tally();
        Tally alphaValue = new Tally();
        Tally gwet = new Tally();
        Tally gwetValue = new Tally();
        for (int run = effort.of(1_500); run > 0; run--) {
            Ratings ratings = ratings(draws);
            var ofAlpha = KrippendorffAlpha.estimate(
                    ratings, Distance.NOMINAL, new UnitBootstrap(400, seed + run), CONFIDENCE);
            var ofGwet = GwetAc.of(ratings, Credit.IDENTITY, CONFIDENCE).estimate();
            alpha.add(ofAlpha.interval().holds(trueAlpha));
            alphaValue.add(ofAlpha.value());
            gwet.add(ofGwet.interval().holds(trueGwet));
            gwetValue.add(ofGwet.value());
        }
        return List.of(
                Figure.near("mean of alpha", round(trueAlpha), 0.01, alphaValue.mean()),
                coverage("coverage, alpha, unit bootstrap", alpha),
                Figure.near("mean of AC1", round(trueGwet), 0.01, gwetValue.mean()),
                coverage("coverage, AC1", gwet));
    }

    private static Figure coverage(String what, Tally hits) {
        return new Figure(what, "0.95", hits.mean().value(), hits.mean().error(), new Interval(0.92, 0.975));
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static Ratings ratings(Draws draws) {
        List<double[]> units = new ArrayList<>();
        for (int unit = 0; unit < 120; unit++) {
            boolean passes = draws.hit(PASS_RATE);
            double[] ratings = new double[3];
            Arrays.setAll(ratings, _ -> rating(passes, draws));
            units.add(ratings);
        }
        double[] weights = new double[units.size()];
        Arrays.fill(weights, 1);
        return Ratings.ofUnits(units, List.of(0.0, 1.0), weights);
    }

    private static double rating(boolean passes, Draws draws) {
        boolean said = passes != draws.hit(ERROR);
        if (draws.hit(0.2)) {
            return Double.NaN;
        }
        return said ? 1 : 0;
    }
}

package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.HajekQuantile;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import io.pentameter.statistics.sampling.StratifiedHajek;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Sessions of five requests that resemble each other, drawn with unequal probabilities. */
final class ClusterStudy implements Study {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;
    private static final int SESSIONS = 600;
    private static final int PER_SESSION = 5;
    private static final double RATE = 0.85;

    /** Share of sessions whose requests all end alike, which is the correlation within a session. */
    private static final double CORRELATION = 0.3;

    @Override
    public String id() {
        return "session-clustering-coverage";
    }

    @Override
    public String area() {
        return "Sampling";
    }

    @Override
    public String shows() {
        return "600 sessions of five requests, correlation 0.3 within a session, each session kept with probability 1, 0.5 or 0.2. With the"
                + " session as the unit the 95 % interval covers; with the request as the unit it does not. The 90 % quantile of an"
                + " unclustered value from the same draws covers with Woodruff's interval.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        Draws draws = new Draws(seed);
        Tally clustered = new Tally();
        Tally naive = new Tally();
        Tally value = new Tally();
        Tally quantile = new Tally();
        double trueQuantile = -Math.log(0.1);
        for (int run = effort.of(4_000); run > 0; run--) {
            Sampled sampled = sample(draws);
            Estimate session = StratifiedHajek.rate(
                    List.of(new StratifiedHajek.Stratum(sampled.passes(), OptionalLong.empty())), CONFIDENCE);
            clustered.add(session.interval().holds(RATE));
            value.add(session.value());
            naive.add(Hajek.rate(sampled.passes(), SESSIONS * PER_SESSION, Scope.PROCESS, CONFIDENCE)
                    .interval()
                    .holds(RATE));
            quantile.add(HajekQuantile.of(sampled.latencies(), 0.9, Scope.PROCESS, CONFIDENCE)
                    .interval()
                    .holds(trueQuantile));
        }
        return List.of(
                Figure.near("mean of the estimate", RATE, 0.002, value.mean()),
                new Figure(
                        "coverage, unit session",
                        "0.95",
                        clustered.mean().value(),
                        clustered.mean().error(),
                        new Interval(0.93, 0.975)),
                new Figure(
                        "coverage, unit request",
                        "below 0.90",
                        naive.mean().value(),
                        naive.mean().error(),
                        new Interval(0, 0.9)),
                new Figure(
                        "coverage of p90, Woodruff",
                        "0.95",
                        quantile.mean().value(),
                        quantile.mean().error(),
                        new Interval(0.93, 0.975)));
    }

    private record Sampled(ProbabilitySample passes, ProbabilitySample latencies) {}

    private static Sampled sample(Draws draws) {
        double[] probabilities = {1, 0.5, 0.2};
        List<Double> passes = new ArrayList<>();
        List<Double> latencies = new ArrayList<>();
        List<Double> inclusions = new ArrayList<>();
        List<Integer> sessions = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
            double probability = probabilities[session % 3];
            double rate = sessionRate(draws);
            if (!draws.hit(probability)) {
                continue;
            }
            for (int i = 0; i < PER_SESSION; i++) {
                passes.add(draws.hit(rate) ? 1.0 : 0.0);
                latencies.add(-Math.log(draws.uniform()));
                inclusions.add(probability);
                sessions.add(session);
            }
        }
        return new Sampled(
                ProbabilitySample.clustered(array(passes), array(inclusions), sessions),
                ProbabilitySample.of(array(latencies), array(inclusions)));
    }

    /** Either 0, 1 or the mean rate, so that rates have the wanted correlation exactly. */
    private static double sessionRate(Draws draws) {
        if (draws.hit(CORRELATION)) {
            return draws.hit(RATE) ? 1 : 0;
        }
        return RATE;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

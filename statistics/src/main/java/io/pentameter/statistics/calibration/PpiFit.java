package io.pentameter.statistics.calibration;

/**
 * Point, variance and tuning of prediction-powered inference for a mean.
 *
 * @param lambda   weight of the judge: 0 ignores it, 1 is plain PPI
 * @param value    estimated mean of the truth
 * @param variance of {@code value}; infinite if it cannot be told from so few labels
 */
record PpiFit(double lambda, double value, double variance) {

    /** Whose choice of divisors and limits for λ. */
    enum Convention {
        /** Ours: sample variances, λ within 0..2. */
        DEFAULT(1, 1, 0, 2),
        /** Package ppi_py, intervals: population variances of the parts, λ within 0..1. */
        PPI_PY(0, 0, 0, 1),
        /** Package ppi_py, p-values: λ without limits. */
        PPI_PY_TEST(0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        /** Package GLIDE: sample variances, λ without limits. */
        GLIDE(1, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        private final int lostInCovariance;
        private final int lostInVariance;
        private final double least;
        private final double most;

        Convention(int lostInCovariance, int lostInVariance, double least, double most) {
            this.lostInCovariance = lostInCovariance;
            this.lostInVariance = lostInVariance;
            this.least = least;
            this.most = most;
        }
    }

    /** λ with the least estimated variance: {@code Cov(Y,f)/((1+n/N) Var(f))}; 0 if the scores do not vary or none is unlabelled. */
    static double bestLambda(PredictedSample sample, Convention convention) {
        int n = sample.labels();
        int unlabelled = sample.unlabelledCount();
        double spread = Moments.variance(1, sample.allScores());
        if (n == 0 || unlabelled == 0 || spread == 0) {
            return 0;
        }
        double shared = Moments.covariance(convention.lostInCovariance, sample.truths(), sample.scores());
        double best = shared / ((1 + (double) n / unlabelled) * spread);
        return Math.min(convention.most, Math.max(convention.least, best));
    }

    static PpiFit tuned(PredictedSample sample, Convention convention) {
        return of(sample, bestLambda(sample, convention), convention);
    }

    /** With a given λ, which is used only if there are scores without labels. */
    static PpiFit of(PredictedSample sample, double lambda, Convention convention) {
        int n = sample.labels();
        int unlabelled = sample.unlabelledCount();
        double used = unlabelled == 0 ? 0 : lambda;
        double[] residuals = Moments.residuals(sample.truths(), used, sample.scores());
        double value = used * Moments.mean(sample.unlabelled()) + Moments.mean(residuals);
        if (n <= convention.lostInVariance) {
            return new PpiFit(used, n == 0 ? Double.NaN : value, Double.POSITIVE_INFINITY);
        }
        double variance = Moments.variance(convention.lostInVariance, residuals) / n;
        if (used != 0) {
            variance += used * used * Moments.variance(convention.lostInVariance, sample.unlabelled()) / unlabelled;
        }
        return new PpiFit(used, value, variance);
    }

    double standardError() {
        return Math.sqrt(variance);
    }
}

package io.pentameter.statistics.monitoring.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {

    private static final double USUAL = 0.05;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rho_two_sided-0",
                "normal_log_mixture_two_sided-1",
                "normal_log_mixture_one_sided-3",
                "normal_mixture_bound_one_sided-4",
                "gamma_exponential_log_mixture-5",
                "gamma_poisson_log_mixture-7",
                "gamma_poisson_mixture_bound-8",
                "beta_binomial_log_mixture_two_sided-9",
                "beta_binomial_mixture_bound_two_sided-10",
                "beta_binomial_log_mixture_one_sided-11",
                "poly_stitching_bound-14",
                "empirical_process_lil_bound-15",
                "double_stitching_bound-16",
                "double_stitching_bound-17",
                "double_stitching_bound-18"
            })
    void matchesTheReferenceImplementation(String id) {
        PublishedCase published = PublishedCase.of("07_confidence_sequences", id);

        double actual = compute(published.whole().path("method").asText(), published.input());

        assertThat(actual).isCloseTo(published.expected().doubleValue(), within(1e-9));
        assertThat(actual).isCloseTo(published.whole().path("published").doubleValue(), within(published.tolerance()));
    }

    private static double compute(String method, JsonNode in) {
        double vOpt = in.path("v_opt").doubleValue();
        double v = in.path("v").doubleValue();
        double s = in.path("s").doubleValue();
        double c = in.path("c").doubleValue();
        double g = in.path("g").doubleValue();
        double h = in.path("h").doubleValue();
        double alpha = in.path("alpha").doubleValue();
        return switch (method) {
            case "rho_two_sided" ->
                TwoSidedNormalMixture.tunedFor(vOpt, in.path("alpha_opt").doubleValue())
                        .rho();
            case "normal_log_mixture_two_sided" ->
                TwoSidedNormalMixture.tunedFor(vOpt, USUAL).logValue(s, v);
            case "normal_log_mixture_one_sided" ->
                OneSidedNormalMixture.tunedFor(vOpt, USUAL).logValue(s, v);
            case "normal_mixture_bound_one_sided" ->
                OneSidedNormalMixture.tunedFor(vOpt, USUAL).bound(v, alpha);
            case "gamma_exponential_log_mixture" ->
                GammaExponentialMixture.tunedFor(vOpt, c, USUAL).logValue(s, v);
            case "gamma_poisson_log_mixture" ->
                GammaPoissonMixture.tunedFor(vOpt, c, USUAL).logValue(s, v);
            case "gamma_poisson_mixture_bound" ->
                GammaPoissonMixture.tunedFor(vOpt, c, USUAL).bound(v, alpha);
            case "beta_binomial_log_mixture_two_sided" ->
                BetaBinomialMixture.twoSided(vOpt, g, h, USUAL).logValue(s, v);
            case "beta_binomial_mixture_bound_two_sided" ->
                BetaBinomialMixture.twoSided(vOpt, g, h, USUAL).bound(v, alpha);
            case "beta_binomial_log_mixture_one_sided" ->
                BetaBinomialMixture.oneSided(vOpt, g, h, USUAL).logValue(s, v);
            case "poly_stitching_bound" ->
                StitchedBound.of(in.path("v_min").doubleValue(), c).bound(v, alpha);
            case "empirical_process_lil_bound" ->
                new DistributionBound(
                                alpha,
                                in.path("t_min").doubleValue(),
                                in.path("A").doubleValue())
                        .bound(in.path("t").doubleValue());
            case "double_stitching_bound" ->
                QuantileBound.of(in.path("t_opt").doubleValue())
                        .bound(in.path("p").doubleValue(), in.path("t").doubleValue(), alpha);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Further values of the reference implementation's own tests that the fixtures do not repeat. */
    @Test
    @DisplayName("remaining values of confseq's uniform_boundaries_unittest")
    void matchesTheRestOfTheReferenceTests() {
        assertThat(TwoSidedNormalMixture.tunedFor(100, USUAL).bound(100, USUAL)).isCloseTo(30.35209, within(1e-5));
        assertThat(GammaExponentialMixture.tunedFor(100, 2, USUAL).bound(100, USUAL))
                .isCloseTo(33.02017, within(1e-5));
        assertThat(BetaBinomialMixture.oneSided(100, 0.2, 0.8, USUAL).bound(100, USUAL))
                .isCloseTo(28.41238, within(1e-5));
        assertThat(BetaBinomialMixture.oneSided(100, 0.2, 0.8, USUAL).bound(2 * 0.2 * 0.8, USUAL))
                .isCloseTo(1.6, within(1e-5));
        assertThat(StitchedBound.of(10, 3).bound(100, USUAL)).isCloseTo(64.48755, within(1e-5));
    }

    @Test
    @DisplayName("QuantileABTest of confseq's uniform_boundaries_unittest")
    void quantilesAreComparedAsInTheReferenceTests() {
        QuantileContrast median = new QuantileContrast(0.5, 100, USUAL);

        assertThat(median.pValue(from(1), from(71))).isCloseTo(0.814704, within(1e-5));
        assertThat(median.pValue(from(1), from(86))).isCloseTo(0.0838055, within(1e-5));
        assertThat(median.pValue(from(101), from(1))).isCloseTo(0.0054947, within(1e-5));
        assertThat(new QuantileContrast(0.9, 100, USUAL).pValue(from(1), from(56)))
                .isCloseTo(0.0340463, within(1e-5));
        assertThat(median.pValue(from(1), from(1))).isOne();
        assertThat(median.pValue(new double[0], from(1))).isOne();
        assertThat(median.pValue(new double[] {1}, new double[] {2})).isOne();
    }

    /** The whole numbers from {@code first} on, a thousand of them, largest first. */
    private static double[] from(int first) {
        return IntStream.range(0, 1000).mapToDouble(i -> first + 999 - i).toArray();
    }

    @Test
    void boundsAreWhereTheEvidenceReachesItsThreshold() {
        Mixture[] mixtures = {
            TwoSidedNormalMixture.tunedFor(50, 0.01),
            OneSidedNormalMixture.tunedFor(50, 0.01),
            GammaExponentialMixture.tunedFor(50, 1, 0.01),
            GammaPoissonMixture.tunedFor(50, 1, 0.01),
            BetaBinomialMixture.twoSided(50, 0.3, 0.7, 0.01),
            BetaBinomialMixture.oneSided(50, 0.3, 0.7, 0.01)
        };
        for (Mixture mixture : mixtures) {
            for (double v : new double[] {5, 1000, 1e6}) {
                double bound = mixture.bound(v, 0.01);
                assertThat(mixture.logValue(bound, v))
                        .as("%s at %s", mixture, v)
                        .isCloseTo(Math.log(100), within(1e-6));
            }
        }
    }

    @Test
    void evidenceStaysANumberFarOutInBothTails() {
        assertThat(OneSidedNormalMixture.tunedFor(100, USUAL).logValue(-1e5, 100))
                .isNegative()
                .isFinite();
        assertThat(GammaExponentialMixture.tunedFor(100, 2, USUAL).logValue(1e5, 100))
                .isPositive()
                .isFinite();
        assertThat(GammaExponentialMixture.tunedFor(100, 0.01, USUAL).logValue(-5000, 100))
                .isNegative()
                .isFinite();
        assertThat(GammaPoissonMixture.tunedFor(100, 2, USUAL).logValue(1e6, 100))
                .isPositive()
                .isFinite();
        assertThat(GammaPoissonMixture.tunedFor(100, 0.01, USUAL).logValue(-5000, 100))
                .isNegative()
                .isFinite();
        assertThat(BetaBinomialMixture.oneSided(100, 0.2, 0.8, USUAL).logValue(-1e4, 1e4))
                .isNegative()
                .isFinite();
    }

    @Test
    void zetaIsRight() {
        assertThat(Zeta.value(2)).isCloseTo(Math.PI * Math.PI / 6, within(1e-15));
        assertThat(Zeta.value(1.4)).isCloseTo(3.105547261504764, within(1e-6));
        assertThat(Zeta.value(1.0001)).isCloseTo(10_000.577_222_9, within(1e-5));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoSidedNormalMixture.tunedFor(0, USUAL))
                .withMessage("vOpt must be above 0 and finite: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneSidedNormalMixture.tunedFor(1, 0.5))
                .withMessage("alphaOpt must be between 0.0 and 0.5, ends excluded: 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> BetaBinomialMixture.twoSided(1, 0.2, 0.8, USUAL).logValue(10, 1))
                .withMessage("s must be in -1.25..5.0: 10.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DistributionBound(USUAL, 10, 0.7))
                .withMessage("scale must be above 0.7072 and below 100: 0.7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StitchedBound(1, 0, 1, 2))
                .withMessage("s must be above 1 and finite: 1.0");
        assertThat(new DistributionBound(USUAL, 10, 0.85).bound(9)).isInfinite();
    }
}

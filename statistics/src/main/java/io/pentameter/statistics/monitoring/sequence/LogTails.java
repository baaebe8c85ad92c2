package io.pentameter.statistics.monitoring.sequence;

import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** Logarithms of distribution functions that stay finite where the functions themselves underflow to 0. */
final class LogTails {

    /** Below this the library's value has lost digits to denormal numbers, or is 0. */
    private static final double SAFE = 1e-280;

    private static final int TERMS = 100_000;
    private static final double TINY = 1e-300;

    private LogTails() {}

    /** ln Φ(z). */
    static double normal(double z) {
        double x = -z / Math.sqrt(2);
        return z > 0 ? Math.log1p(-Erfcx.value(-x) * Math.exp(-x * x) / 2) : Math.log(Erfcx.value(x) / 2) - x * x;
    }

    /** ln P(a, x), the lower regularised gamma function. */
    static double gammaP(double a, double x) {
        double p = RegularizedGamma.P.value(a, x);
        if (p > SAFE) {
            return p > 0.5 ? Math.log1p(-RegularizedGamma.Q.value(a, x)) : Math.log(p);
        }
        double term = 1;
        double sum = 1;
        for (int n = 1; n < TERMS && term > sum * 1e-17; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return a * Math.log(x) - x - LogGamma.value(a + 1) + Math.log(sum);
    }

    /** ln Q(a, x), the upper regularised gamma function. */
    static double gammaQ(double a, double x) {
        double q = RegularizedGamma.Q.value(a, x);
        if (q > SAFE) {
            return q > 0.5 ? Math.log1p(-RegularizedGamma.P.value(a, x)) : Math.log(q);
        }
        return a * Math.log(x) - x - LogGamma.value(a) + Math.log(upperFraction(a, x));
    }

    /** Legendre's continued fraction for Γ(a, x) e^x x^-a by Lentz's method. */
    private static double upperFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int i = 1; i < TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / apartFromZero(an * d + b);
            c = apartFromZero(b + an / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }

    /** ln B(x; a, b), the incomplete beta function, not regularised; x = 1 gives the complete one. */
    static double incompleteBeta(double a, double b, double x) {
        double complete = LogBeta.value(a, b);
        if (x == 1) {
            return complete;
        }
        double regularised = RegularizedBeta.value(x, a, b);
        if (regularised > SAFE) {
            return complete
                    + (regularised > 0.5 ? Math.log1p(-RegularizedBeta.complement(x, a, b)) : Math.log(regularised));
        }
        return a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) + Math.log(betaFraction(a, b, x));
    }

    /** Continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method; for x below a/(a+b). */
    private static double betaFraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / apartFromZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / apartFromZero(1 + even * d);
            c = apartFromZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / apartFromZero(1 + odd * d);
            c = apartFromZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }

    private static double apartFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}

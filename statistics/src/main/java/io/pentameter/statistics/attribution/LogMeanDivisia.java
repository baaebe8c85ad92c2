package io.pentameter.statistics.attribution;

import java.util.Map;
import java.util.Optional;

/**
 * Logarithmic mean Divisia index (LMDI-I) of a change of cost: a cross-check of {@link CostChange}, in doubles.
 *
 * <pre>w = (c1 - c0) / ln(c1/c0) per item and token type,   effect of factor x = Σ w ln(x1/x0)</pre>
 *
 * <p>Ang, "The LMDI approach to decomposition analysis: a practical guide", Energy Policy 33 (2005). Adds up exactly in
 * theory and to rounding here. Not defined when an item, token type or price is absent or 0 in one period: then there
 * is no answer, and {@link CostChange} is the method to use.
 */
public final class LogMeanDivisia {

    private LogMeanDivisia() {}

    /** Effects in the currency of the prices. */
    public record Effects(double volume, double mix, double tokens, double price) {}

    /** The effects; empty if anything is zero or absent in one of the periods. */
    public static Optional<Effects> of(Map<String, Usage> former, Map<String, Usage> later) {
        if (former.isEmpty() || !former.keySet().equals(later.keySet())) {
            return Optional.empty();
        }
        double formerRequests = requests(former);
        double laterRequests = requests(later);
        double volume = 0;
        double mix = 0;
        double tokens = 0;
        double price = 0;
        for (Map.Entry<String, Usage> entry : former.entrySet()) {
            Usage one = entry.getValue();
            Usage two = later.getOrDefault(entry.getKey(), one);
            double oneRequests = one.requests().doubleValue();
            double twoRequests = two.requests().doubleValue();
            if (!one.byType().keySet().equals(two.byType().keySet()) || oneRequests == 0 || twoRequests == 0) {
                return Optional.empty();
            }
            for (Map.Entry<String, Usage.Tokens> type : one.byType().entrySet()) {
                Usage.Tokens before = type.getValue();
                Usage.Tokens after = two.byType().getOrDefault(type.getKey(), before);
                double c0 = before.count().doubleValue() * before.unitPrice().doubleValue();
                double c1 = after.count().doubleValue() * after.unitPrice().doubleValue();
                if (!(c0 > 0 && c1 > 0)) {
                    return Optional.empty();
                }
                double weight = logMean(c0, c1);
                volume += weight * Math.log(laterRequests / formerRequests);
                mix += weight * Math.log(twoRequests / laterRequests / (oneRequests / formerRequests));
                tokens += weight
                        * Math.log(after.count().doubleValue()
                                / twoRequests
                                / (before.count().doubleValue() / oneRequests));
                price += weight
                        * Math.log(after.unitPrice().doubleValue()
                                / before.unitPrice().doubleValue());
            }
        }
        return Optional.of(new Effects(volume, mix, tokens, price));
    }

    private static double logMean(double a, double b) {
        double relative = (b - a) / a;
        return Math.abs(relative) < 1e-9 ? a * (1 + relative / 2) : (b - a) / Math.log1p(relative);
    }

    private static double requests(Map<String, Usage> period) {
        return period.values().stream()
                .mapToDouble(usage -> usage.requests().doubleValue())
                .sum();
    }
}

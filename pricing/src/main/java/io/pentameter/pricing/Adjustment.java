package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What prices are multiplied by.
 *
 * @param word   for records, {@code word:factor}; empty if it changes nothing
 * @param tokens factor for the prices of tokens
 * @param rest   factor for everything else
 */
record Adjustment(String word, BigDecimal tokens, BigDecimal rest) {

    static final Adjustment NONE = new Adjustment("", BigDecimal.ONE, BigDecimal.ONE);

    static Adjustment uplift(BigDecimal factor) {
        return new Adjustment("regional_uplift:" + factor.toPlainString(), factor, BigDecimal.ONE);
    }

    static Adjustment of(String word, BigDecimal factor) {
        return new Adjustment(word + ":" + factor.toPlainString(), factor, factor);
    }

    Map<Bucket, UnitPrice> of(Map<Bucket, UnitPrice> prices) {
        Map<Bucket, UnitPrice> adjusted = new EnumMap<>(Bucket.class);
        prices.forEach((bucket, price) -> adjusted.put(bucket, price.times(bucket.isTokens() ? tokens : rest)));
        return adjusted;
    }

    PriceLine of(PriceLine line) {
        if (word.isEmpty()) {
            return line;
        }
        UnitPrice fee = line.fee();
        UnitPrice adjusted = fee == null ? null : fee.times(rest);
        List<String> factors =
                Stream.concat(line.factors().stream(), Stream.of(word)).toList();
        return new PriceLine(
                line.priceId(),
                line.origin(),
                line.tier(),
                line.validity(),
                line.above(),
                of(line.prices()),
                adjusted,
                factors,
                line.unknownReason());
    }
}

package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.invoice.TokenClass;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The difference between an invoice and the ledger, in parts that add up to it exactly.
 *
 * <p>With a usage report, tokens are compared class by class and valued at the ledger's own price of a token of the class:
 *
 * <pre>
 * unpriced   = Σ min(tokens of calls without a price, billed tokens beyond the priced ones) · price
 * missing    = Σ billed tokens beyond all that the ledger has · price
 * duplicated = - Σ priced tokens beyond the billed ones · price
 * </pre>
 *
 * What is left is the price of the tokens that both have: {@code rounding} if the digits of the amounts allow for it, else {@code
 * tier} if the report puts another share of the tokens on other service tiers than the ledger does, else {@code open}. Without a
 * usage report only whole cells can be told: what the ledger has nothing of is missing, what it has no price for at all is unpriced,
 * what was never billed is duplicated; the rest is rounding or open.
 *
 * <p>The rules are Pentameter's. A class of which the ledger has no priced token is valued at the invoice's dollars per token, all
 * classes together.
 *
 * @param unpriced   seen, but without a price
 * @param missing    billed and never seen
 * @param duplicated in the ledger beyond what was counted or billed: sent twice under other ids, or billed elsewhere
 * @param tier       another service tier than the ledger knew of
 * @param rounding   from the digits of the amounts
 * @param open       not explained
 */
record Difference(
        BigDecimal unpriced,
        BigDecimal missing,
        BigDecimal duplicated,
        BigDecimal tier,
        BigDecimal rounding,
        BigDecimal open) {

    static final Difference NONE = new Difference(
            BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Half of the ledger's last digit, for each call. */
    private static final BigDecimal LEDGER_BOUND = new BigDecimal("0.0000000005");

    /** Shares of other tiers that differ by less say nothing. */
    private static final double TIER_SHARE = 0.01;

    static Difference of(Billed billed, Booked booked) {
        BigDecimal variance = billed.usd().subtract(booked.usd());
        if (booked.calls() == 0) {
            return NONE.withMissing(variance);
        }
        return billed.use()
                .map(use -> byTokens(variance, billed, booked, use))
                .orElseGet(() -> byCells(variance, billed, booked));
    }

    BigDecimal sum() {
        return unpriced.add(missing).add(duplicated).add(tier).add(rounding).add(open);
    }

    Difference plus(Difference other) {
        return new Difference(
                unpriced.add(other.unpriced),
                missing.add(other.missing),
                duplicated.add(other.duplicated),
                tier.add(other.tier),
                rounding.add(other.rounding),
                open.add(other.open));
    }

    private static Difference byCells(BigDecimal variance, Billed billed, Booked booked) {
        if (billed.charges() == 0) {
            return NONE.withDuplicated(variance);
        }
        if (booked.unpriced() == booked.calls()) {
            return NONE.withUnpriced(variance);
        }
        return NONE.withRest(variance, billed, booked, false);
    }

    private static Difference byTokens(BigDecimal variance, Billed billed, Booked booked, Billed.Use use) {
        if (billed.charges() == 0 && use.all() == 0) {
            return NONE.withDuplicated(variance);
        }
        if (use.all() == 0) {
            return byCells(variance, billed, booked);
        }
        BigDecimal blended = billed.usd().divide(BigDecimal.valueOf(use.all()), MathContext.DECIMAL64);
        BigDecimal unpriced = BigDecimal.ZERO;
        BigDecimal missing = BigDecimal.ZERO;
        BigDecimal duplicated = BigDecimal.ZERO;
        for (TokenClass tokenClass : TokenClass.values()) {
            long priced = booked.priced().getOrDefault(tokenClass, 0L);
            long waiting = booked.waiting().getOrDefault(tokenClass, 0L);
            long beyond = use.of(tokenClass) - priced;
            BigDecimal price = price(booked, tokenClass, blended);
            unpriced = unpriced.add(value(Math.max(0, Math.min(waiting, beyond)), price));
            missing = missing.add(value(Math.max(0, beyond - waiting), price));
            duplicated = duplicated.subtract(value(Math.max(0, -beyond), price));
        }
        Difference explained =
                new Difference(unpriced, missing, duplicated, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
        return explained.withRest(variance.subtract(explained.sum()), billed, booked, isOtherTier(booked, use));
    }

    private static BigDecimal price(Booked booked, TokenClass tokenClass, BigDecimal blended) {
        long priced = booked.priced().getOrDefault(tokenClass, 0L);
        return priced == 0
                ? blended
                : booked.parts()
                        .getOrDefault(tokenClass, BigDecimal.ZERO)
                        .divide(BigDecimal.valueOf(priced), MathContext.DECIMAL64);
    }

    private static BigDecimal value(long tokens, BigDecimal price) {
        return Usd.rounded(price.multiply(BigDecimal.valueOf(tokens)));
    }

    private static boolean isOtherTier(Booked booked, Billed.Use use) {
        long ours = booked.pricedTokens() + booked.waitingTokens();
        double theirShare = (double) use.otherTier() / use.all();
        double ourShare = ours == 0 ? 0 : (double) booked.otherTier() / ours;
        return Math.abs(theirShare - ourShare) > TIER_SHARE;
    }

    private Difference withRest(BigDecimal rest, Billed billed, Booked booked, boolean isOtherTier) {
        BigDecimal bound = billed.bound().add(LEDGER_BOUND.multiply(BigDecimal.valueOf(booked.calls() + 10)));
        if (rest.abs().compareTo(bound) <= 0) {
            return new Difference(unpriced, missing, duplicated, tier, rest, open);
        }
        return isOtherTier
                ? new Difference(unpriced, missing, duplicated, rest, rounding, open)
                : new Difference(unpriced, missing, duplicated, tier, rounding, rest);
    }

    private Difference withMissing(BigDecimal usd) {
        return new Difference(unpriced, usd, duplicated, tier, rounding, open);
    }

    private Difference withUnpriced(BigDecimal usd) {
        return new Difference(usd, missing, duplicated, tier, rounding, open);
    }

    private Difference withDuplicated(BigDecimal usd) {
        return new Difference(unpriced, missing, usd, tier, rounding, open);
    }
}

package io.pentameter.pricing;

import java.math.BigDecimal;

/** What a price can be. */
final class PriceLimits {

    /** Dollars for a million tokens. The dearest model ever listed cost 600; LiteLLM has lists of 540,000 by mistake. */
    static final BigDecimal MAX_PER_MTOK = BigDecimal.valueOf(1_000);

    /** Dollars for a search, picture, second, page, request. */
    static final BigDecimal MAX_PER_PIECE = BigDecimal.valueOf(100);

    /** Decimal places of amounts that tenants give. */
    static final int MAX_PLACES = 12;

    private PriceLimits() {}
}

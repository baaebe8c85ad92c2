package io.pentameter.pricing;

import io.pentameter.contracts.v1.Usage;

/**
 * What has to be known of a call to price it.
 *
 * @param provider       canonical word, empty if not known
 * @param model          the model that answered, empty if not known
 * @param requestedModel the model asked for, empty if not known
 * @param startNs        when it began: the prices of that time count
 * @param usage          its tokens and service tier
 */
public record PricedCall(String provider, String model, String requestedModel, long startNs, Usage usage) {

    PriceKey key() {
        return new PriceKey(provider, model, requestedModel, usage.getServiceTier());
    }
}

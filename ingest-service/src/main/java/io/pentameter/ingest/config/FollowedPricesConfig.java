package io.pentameter.ingest.config;

import io.pentameter.pricing.PriceList;
import jakarta.enterprise.context.ApplicationScoped;

/** The prices that the topic tells. */
@ApplicationScoped
class FollowedPricesConfig implements CurrentPrices {

    private final TenantConfigConsumer topic;

    FollowedPricesConfig(TenantConfigConsumer topic) {
        this.topic = topic;
    }

    @Override
    public PriceList of(String tenant) {
        return topic.pricesOf(tenant);
    }

    @Override
    public String version() {
        return topic.priceVersion();
    }
}

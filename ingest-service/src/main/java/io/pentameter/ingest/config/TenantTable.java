package io.pentameter.ingest.config;

import io.pentameter.contracts.v1.ClassifierModel;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.ingest.classify.IntentModel;
import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.pricing.OwnPriceBook;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The settings of all tenants. Immutable; a change makes a new table. */
public final class TenantTable {

    private static final Logger LOG = Logger.getLogger(TenantTable.class);

    /** Nobody has set anything. */
    public static final TenantTable EMPTY = new TenantTable(Map.of(), Map.of());

    private final Map<String, TenantSettings> byTenant;
    private final Map<String, OwnPriceBook> ownPrices;

    private TenantTable(Map<String, TenantSettings> byTenant, Map<String, OwnPriceBook> ownPrices) {
        this.byTenant = byTenant;
        this.ownPrices = ownPrices;
    }

    /** What the tenant pays differently. */
    OwnPriceBook ownPrices(String tenant) {
        return ownPrices.getOrDefault(tenant, OwnPriceBook.NONE);
    }

    /** The tenant's settings; the standard ones if it has set none. */
    public TenantSettings of(String tenant) {
        return byTenant.getOrDefault(tenant, TenantSettings.STANDARD);
    }

    /** Changes in the order of the topic, and then the table that they give. */
    public Changes change() {
        return new Changes(new HashMap<>(byTenant), new HashMap<>(ownPrices));
    }

    /** Collects changes. Not thread-safe. */
    public static final class Changes {

        private final Map<String, TenantSettings> byTenant;

        private final Map<String, OwnPriceBook> ownPrices;

        private Changes(Map<String, TenantSettings> byTenant, Map<String, OwnPriceBook> ownPrices) {
            this.byTenant = byTenant;
            this.ownPrices = ownPrices;
        }

        /** Takes in one record; a kind that we do not know changes nothing. */
        public Changes put(TenantConfigRecord change) {
            if (change.hasPrices()) {
                ownPrices.put(change.getTenant(), new OwnPriceBook(change.getVersion(), change.getPrices()));
            }
            TenantSettings old = byTenant.getOrDefault(change.getTenant(), TenantSettings.STANDARD);
            byTenant.put(
                    change.getTenant(),
                    switch (change.getConfigCase()) {
                        case PROFILE -> profile(old, change.getProfile());
                        case MAPPING -> old.withMapping(MappingRuleSet.of(change.getMapping()));
                        case REDACTION -> RedactionSettings.applied(old, change.getRedaction());
                        case CLASSIFIER -> old.withIntents(intents(change.getClassifier(), old.intents()));
                        case PRICES, PRICE_BOOK, CONFIG_NOT_SET -> old;
                    });
            return this;
        }

        /**
         * Withdraws one kind of setting.
         *
         * @param key of the record: tenant, slash, kind
         */
        public Changes remove(String key) {
            int slash = key.lastIndexOf('/');
            if (slash < 0) {
                return this;
            }
            String tenant = key.substring(0, slash);
            if (key.endsWith("/prices")) {
                ownPrices.remove(tenant);
            }
            TenantSettings old = byTenant.getOrDefault(tenant, TenantSettings.STANDARD);
            byTenant.put(
                    tenant,
                    switch (key.substring(slash + 1)) {
                        case "tenant" -> old.withProfile(false, PayloadMode.FULL);
                        case "mapping" -> old.withMapping(MappingRuleSet.NONE);
                        case "redaction" -> RedactionSettings.applied(old, RedactionRules.getDefaultInstance());
                        case "classifier" -> old.withIntents(null);
                        default -> old;
                    });
            return this;
        }

        public TenantTable table() {
            return new TenantTable(Map.copyOf(byTenant), Map.copyOf(ownPrices));
        }

        /** A record without a model goes back to the default; one that cannot be read changes nothing. */
        private static @Nullable IntentModel intents(ClassifierModel change, @Nullable IntentModel old) {
            if (change.getModel().isEmpty()) {
                return null;
            }
            try {
                return IntentModel.of(change.getModel().toByteArray(), change.getVersion());
            } catch (IOException | RuntimeException e) {
                LOG.errorf(
                        "a tenant's classifier cannot be read, the former one stays, version=%s", change.getVersion());
                return old;
            }
        }

        private static TenantSettings profile(TenantSettings old, TenantProfile profile) {
            return old.withProfile(profile.getSuspended(), PayloadMode.ofWord(profile.getPayloadMode()));
        }
    }
}

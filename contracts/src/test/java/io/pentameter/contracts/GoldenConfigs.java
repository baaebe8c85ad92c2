package io.pentameter.contracts;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ClassifierModel;
import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.PayloadRule;
import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.contracts.v1.TenantConfigRecord;

/** Records of a tenant's settings whose bytes were once written. */
final class GoldenConfigs {

    private GoldenConfigs() {}

    static TenantConfigRecord tenantConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("mapping")
                .setVersion(2)
                .setChangedAtUs(1_795_000_000_000_000L)
                .setMapping(MappingRules.newBuilder()
                        .addRules(MappingRule.newBuilder()
                                .setDimension("customer")
                                .addAttributes("account.id")))
                .build();
    }

    static TenantConfigRecord redactionConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("redaction")
                .setVersion(3)
                .setRedaction(RedactionRules.newBuilder()
                        .addNames("Ada Lovelace")
                        .addPayloads(PayloadRule.newBuilder()
                                .setFeature("medical")
                                .setField("input")
                                .setMode("masked"))
                        .setPseudonyms("reversible"))
                .build();
    }

    static TenantConfigRecord classifierConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("classifier")
                .setVersion(4)
                .setClassifier(ClassifierModel.newBuilder()
                        .setVersion("m1")
                        .setModel(ByteString.fromHex("0a0b"))
                        .addLabels("refund")
                        .setExamples(40))
                .build();
    }

    static TenantConfigRecord pricesConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("prices")
                .setVersion(5)
                .setPrices(OwnPrices.newBuilder()
                        .addAliases(ModelAlias.newBuilder()
                                .setProvider("azure.ai.openai")
                                .setName("prod-chat")
                                .setToProvider("openai")
                                .setToModel("gpt-4o-mini"))
                        .addPrices(OwnPrice.newBuilder()
                                .setId("p1")
                                .setProvider("openai")
                                .setModel("gpt-4o*")
                                .setServiceTier("batch")
                                .setFromDay(20_000)
                                .setUntilDay(20_100)
                                .setCurrency("EUR")
                                .putAmounts("in_uncached", "0.20"))
                        .addDiscounts(OwnDiscount.newBuilder()
                                .setProvider("openai")
                                .setModel("gpt-5*")
                                .setFromDay(20_000)
                                .setUntilDay(20_100)
                                .setPercent("15"))
                        .addCurrencyRates(CurrencyRate.newBuilder()
                                .setCurrency("EUR")
                                .setFromDay(20_000)
                                .setUsd("1.08"))
                        .addRegions(ProcessingRegion.newBuilder()
                                .setProvider("openai")
                                .setRegion("eu")))
                .build();
    }

    static TenantConfigRecord priceBookConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setKind("price-book:2026-11-25.0a1b2c3d")
                .setVersion(6)
                .setPriceBook(PriceBookVersion.newBuilder()
                        .setVersion("2026-11-25.0a1b2c3d")
                        .setKnownFromUs(1_795_000_000_000_000L)
                        .setDocument(ByteString.fromHex("0a0b")))
                .build();
    }
}

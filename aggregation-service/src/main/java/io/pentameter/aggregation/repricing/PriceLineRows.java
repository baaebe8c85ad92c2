package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.pricing.Bucket;
import io.pentameter.pricing.Origin;
import io.pentameter.pricing.PriceKey;
import io.pentameter.pricing.PriceLine;
import io.pentameter.pricing.Pricing;
import io.pentameter.pricing.Resolution;
import io.pentameter.pricing.UnitPrice;
import io.pentameter.pricing.Validity;
import java.util.List;
import java.util.Map;

/** Rows of the prices of a generation, numbered in their order; line 0 stands for "none of them holds". Not thread-safe. */
final class PriceLineRows {

    static final String TABLE = "repricing_line";

    static final List<String> COLUMNS = List.of(
            "tenant",
            "generation",
            "line",
            "provider",
            "model",
            "requested_model",
            "service_tier",
            "valid_from",
            "valid_until",
            "day_from",
            "day_until",
            "above",
            "prices",
            "fee",
            "price_id",
            "price_source",
            "price_hash",
            "unknown_reason");

    private static final PriceKey NO_KIND = new PriceKey("", "", "", "");
    private static final Origin NO_ORIGIN = new Origin("", "");

    private final Repricing repricing;
    private final RowBinary rows = new RowBinary();
    private int line;

    PriceLineRows(Repricing repricing) {
        this.repricing = repricing;
        add(NO_KIND, unknown(Pricing.PRICE_NOT_DATED));
    }

    RowBinary binary() {
        return rows;
    }

    void add(PriceKey kind, Resolution resolution) {
        switch (resolution) {
            case Resolution.Unknown(String reason) -> add(kind, unknown(reason));
            case Resolution.Known(List<PriceLine> lines) -> lines.forEach(one -> add(kind, one));
        }
    }

    private static PriceLine unknown(String reason) {
        return new PriceLine(
                "",
                NO_ORIGIN,
                "",
                new Validity(Long.MIN_VALUE, Long.MAX_VALUE, -1, -1),
                -1,
                Map.of(),
                null,
                List.of(),
                reason);
    }

    private void add(PriceKey kind, PriceLine one) {
        UnitPrice fee = one.fee();
        rows.string(repricing.tenant())
                .int64(repricing.generation())
                .int32(line++)
                .string(kind.provider())
                .string(kind.model())
                .string(kind.requestedModel())
                .string(kind.serviceTier())
                .int64(one.validity().from())
                .int64(one.validity().until())
                .int32(one.validity().dayFrom())
                .int32(one.validity().dayUntil())
                .int64(one.above())
                .strings(Bucket.all().stream()
                        .map(bucket -> one.prices().get(bucket))
                        .map(price -> price == null ? "-1" : price.scaled().toString())
                        .toList())
                .string(fee == null ? "0" : fee.scaled().toString())
                .string(one.priceId())
                .string(one.origin().source())
                .string(one.origin().shortHash())
                .string(one.unknownReason())
                .endRow();
    }
}

package io.pentameter.aggregation.repricing;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import io.pentameter.pricing.PricedCall;
import io.pentameter.pricing.Pricing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Calls of every kind, priced by the shipped book, and prices that were negotiated later. */
final class PricedCalls {

    static final PriceBook BOOK = PriceBooks.shipped();
    static final PriceList BOOKED = PriceList.of(BOOK);

    /** The last days of August: one of the models has another price from September on. */
    static final Instant FROM = Instant.parse("2026-08-31T18:00:00Z");

    static final Instant TO = FROM.plus(Duration.ofHours(12));

    static final PriceList NEGOTIATED = new PriceList(
            BOOK,
            new OwnPriceBook(
                    3,
                    OwnPrices.newBuilder()
                            .addPrices(OwnPrice.newBuilder()
                                    .setId("own")
                                    .setModel("llama-local")
                                    .putAmounts("in_uncached", "0.123456789012")
                                    .putAmounts("out_text", "0.35")
                                    .putAmounts("requests", "0.00000000025"))
                            .addDiscounts(OwnDiscount.newBuilder()
                                    .setProvider("openai")
                                    .setFromDay(LocalDate.parse("2026-09-01").toEpochDay())
                                    .setPercent("12.5"))
                            .addDiscounts(OwnDiscount.newBuilder()
                                    .setModel("claude-sonnet-4-5*")
                                    .setPercent("33.3"))
                            .addRegions(ProcessingRegion.newBuilder()
                                    .setProvider("openai")
                                    .setRegion("eu"))
                            .build()));

    private static final String[][] MODELS = {
        {"openai", "gpt-4o-mini-2024-07-18", "gpt-4o-mini"},
        {"openai", "gpt-5", "gpt-5"},
        {"openai", "gpt-5.5", ""},
        {"anthropic", "claude-sonnet-4-5", ""},
        {"anthropic", "claude-sonnet-5", ""},
        {"deepseek", "deepseek-chat", ""},
        {"openai", "whisper-1", ""},
        {"openai", "gpt-4o-search-preview", ""},
        {"openai", "gpt-4o-mini-private-7", "gpt-4o-mini"},
        {"vllm", "llama-local", ""},
        {"openai", "no-such-model", ""},
        {"", "", ""}
    };
    private static final String[] TIERS = {"", "", "", "batch", "flex", "priority", "scale"};

    static List<SpanRecord> spans(String tenant, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SpanRecord> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spans.add(span(tenant, random));
        }
        return spans;
    }

    static boolean isPriceable(SpanRecord span) {
        return span.getUsage().getSource() != UsageSource.USAGE_SOURCE_CLIENT_CACHE
                && !span.getCost().getUnknownReason().equals("usage_incomplete");
    }

    static Cost cost(PriceList prices, SpanRecord span) {
        Dimensions dimensions = span.getDimensions();
        return Pricing.cost(
                prices,
                new PricedCall(
                        dimensions.getProvider(),
                        dimensions.getModel(),
                        dimensions.getRequestedModel(),
                        span.getStartNs(),
                        span.getUsage()));
    }

    private static SpanRecord span(String tenant, SplittableRandom random) {
        String[] model = MODELS[random.nextInt(MODELS.length)];
        long start = FROM.getEpochSecond() * 1_000_000_000L + random.nextLong(12 * 3600 * 1_000_000_000L);
        Usage.Builder usage = Usage.newBuilder()
                .setInUncached(random.nextInt(10) == 0 ? random.nextInt(900_000) : random.nextInt(3000))
                .setInCacheRead(random.nextInt(3) == 0 ? random.nextInt(2000) : 0)
                .setInCacheWrite5M(random.nextInt(4) == 0 ? random.nextInt(2000) : 0)
                .setInCacheWrite1H(random.nextInt(5) == 0 ? random.nextInt(2000) : 0)
                .setInAudio(random.nextInt(20) == 0 ? 7 : 0)
                .setOutText(random.nextInt(900))
                .setOutReasoning(random.nextInt(3) == 0 ? random.nextInt(300) : 0)
                .setSearches(random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0)
                .setMediaMs(model[1].equals("whisper-1") ? random.nextInt(90_000) : 0)
                .setServiceTier(TIERS[random.nextInt(TIERS.length)]);
        if (model[1].equals("whisper-1")) {
            usage.clearInUncached().clearOutText().clearInCacheRead();
        }
        if (random.nextInt(500) == 0) {
            usage.setOutText(2_000_000_000_000_000L);
        }
        SpanRecord span = SpanRecord.newBuilder()
                .setSchemaVersion(3)
                .setTenant(tenant)
                .setKeyId("key_1")
                .setReceivedAtUs(start / 1000 + 1_000_000)
                .setTraceId(bytes(16, random))
                .setSpanId(bytes(8, random))
                .setStartNs(start)
                .setDurationNs(1_000_000_000L)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder()
                        .setProvider(model[0])
                        .setModel(model[1])
                        .setRequestedModel(model[2])
                        .setFeature("feature-" + random.nextInt(4))
                        .setCustomer("customer-" + random.nextInt(9)))
                .setUsage(usage)
                .build();
        if (random.nextInt(20) == 0) {
            return span.toBuilder()
                    .setUsage(span.getUsage().toBuilder().setSource(UsageSource.USAGE_SOURCE_CLIENT_CACHE))
                    .setCost(Pricing.free(BOOKED))
                    .build();
        }
        if (random.nextInt(20) == 0) {
            return span.toBuilder()
                    .setCost(Pricing.unknown(BOOKED, Pricing.USAGE_INCOMPLETE))
                    .build();
        }
        return span.toBuilder().setCost(cost(BOOKED, span)).build();
    }

    private static ByteString bytes(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return ByteString.copyFrom(bytes);
    }

    private PricedCalls() {}
}

package io.pentameter.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prices of models. Immutable; what was looked up once is remembered, so that a second look-up is one access to a map.
 *
 * <p>genai-prices is asked first, because it has dates. LiteLLM fills in what it lacks: other models, and, where both
 * agree on the price of plain input and output, service tiers and rarer buckets.
 */
public final class PriceBook {

    /** Most names to remember; then the memory is emptied. Clients choose the names. */
    static final int MAX_REMEMBERED = 20_000;

    private static final int MAX_NAME = 200;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Pattern DATE = Pattern.compile("[-@:](?:20\\d{2}-?\\d{2}-?\\d{2}|latest)$");

    private final String version;
    private final GenaiPrices genai;
    private final LitellmPrices litellm;
    private final Map<Name, Found> remembered = new ConcurrentHashMap<>();

    private record Name(String provider, String model) {}

    /** A look-up's result, also that of one in vain. */
    record Found(@Nullable ModelPrice price, boolean isProviderKnown) {}

    /** @param version names the content: date and hash */
    PriceBook(String version, GenaiPrices genai, LitellmPrices litellm) {
        this.version = version;
        this.genai = genai;
        this.litellm = litellm;
    }

    /** Names the content of the book, for example {@code 2026-08-21.e0364c43}. */
    public String version() {
        return version;
    }

    /**
     * The prices of a model.
     *
     * @param provider canonical word; if empty, it is inferred from the model's name
     */
    Found find(String provider, String model) {
        Name name = new Name(provider, model);
        Found known = remembered.get(name);
        if (known != null) {
            return known;
        }
        Found found = search(provider, model);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(name, found);
        return found;
    }

    private Found search(String provider, String model) {
        if (model.isEmpty() || model.length() > MAX_NAME || provider.length() > MAX_NAME) {
            return new Found(null, !provider.isEmpty());
        }
        String named = provider.isEmpty() ? inferred(model) : provider;
        if (BedrockNames.isArn(model)
                || (provider.isEmpty() && BedrockNames.withoutRegion(model).isPresent())) {
            named = "aws.bedrock";
        }
        if (named == null) {
            return new Found(null, true);
        }
        ProviderBooks books = ProviderBooks.of(named, genai);
        for (String variant : variants(model)) {
            ModelPrice dated = books.genai() == null ? null : genai.find(books.genai(), variant);
            LitellmPrices.Entry entry = litellmEntry(books, variant);
            if (dated != null) {
                return new Found(entry == null ? withHalfBatch(dated) : merged(dated, entry), true);
            }
            if (entry != null) {
                return new Found(ofLitellm(entry), true);
            }
        }
        boolean isKnown = books.genai() != null || books.families().stream().anyMatch(litellm::hasProvider);
        return new Found(null, isKnown);
    }

    private @Nullable String inferred(String model) {
        int slash = model.indexOf('/');
        String prefix = slash > 0 ? genai.provider(model.substring(0, slash)) : null;
        String lower = model.toLowerCase(Locale.ROOT);
        String id = prefix != null ? prefix : genai.providerOfModel(lower);
        if (id == null) {
            // LiteLLM names a model without a path only where it is the maker's own; so it has pictures and speech
            LitellmPrices.Entry entry = litellm.find(lower);
            id = entry == null ? null : entry.provider();
        }
        return id == null ? null : ProviderNames.canonical(id);
    }

    /** The name as it is, in lower case, without its path, without Bedrock's region, and at last without its date. */
    private static SequencedSet<String> variants(String model) {
        SequencedSet<String> variants = new LinkedHashSet<>();
        variants.add(model);
        String lower = model.toLowerCase(Locale.ROOT);
        variants.add(lower);
        String last = lower.substring(lower.lastIndexOf('/') + 1);
        variants.add(last);
        BedrockNames.withoutRegion(last).ifPresent(variants::add);
        variants.add(DATE.matcher(last).replaceFirst(""));
        variants.remove("");
        return variants;
    }

    private LitellmPrices.@Nullable Entry litellmEntry(ProviderBooks books, String model) {
        for (String prefix : books.prefixes()) {
            LitellmPrices.Entry entry = litellm.find(prefix + model);
            if (entry != null && books.covers(entry.provider())) {
                return entry;
            }
        }
        return null;
    }

    /** LiteLLM has no dates of its own: what held before an import of a newer file holds before its day. */
    private static ModelPrice ofLitellm(LitellmPrices.Entry entry) {
        List<PricePeriod> periods = new ArrayList<>();
        LocalDate from = null;
        for (LitellmPrices.Entry.Earlier earlier : entry.earlier().reversed()) {
            periods.add(litellmPeriod(from, earlier.tiers()));
            from = earlier.until();
        }
        periods.add(litellmPeriod(from, entry.tiers()));
        return new ModelPrice("litellm/" + entry.key(), entry.origin(), periods, entry.uplifts());
    }

    private static PricePeriod litellmPeriod(@Nullable LocalDate from, Map<ServiceTier, RateSheet> given) {
        Map<ServiceTier, RateSheet> tiers = new EnumMap<>(given);
        PricePeriod period = new PricePeriod(from, null, null, tiers);
        return withTiers(period, tiers, standard(period));
    }

    private static ModelPrice withHalfBatch(ModelPrice dated) {
        List<PricePeriod> periods = new ArrayList<>();
        for (PricePeriod period : dated.periods()) {
            periods.add(withTiers(period, new EnumMap<>(ServiceTier.class), standard(period)));
        }
        return dated.with(periods, Map.of());
    }

    private static ModelPrice merged(ModelPrice dated, LitellmPrices.Entry entry) {
        List<PricePeriod> periods = new ArrayList<>();
        boolean doesLastAgree = false;
        for (PricePeriod period : dated.periods()) {
            RateSheet standard = standard(period);
            doesLastAgree = standard.base().agreesWith(entry.standard().base());
            Map<ServiceTier, RateSheet> tiers = new EnumMap<>(ServiceTier.class);
            if (doesLastAgree) {
                tiers.putAll(entry.tiers());
                standard = standard.filledFrom(entry.standard());
            }
            periods.add(withTiers(period, tiers, standard));
        }
        return dated.with(periods, doesLastAgree ? entry.uplifts() : Map.of());
    }

    /** Batch costs half of standard unless the source says otherwise: so do all providers that have it. */
    private static PricePeriod withTiers(PricePeriod period, Map<ServiceTier, RateSheet> tiers, RateSheet standard) {
        RateSheet half = standard.times(HALF);
        tiers.merge(ServiceTier.BATCH, half, (given, halved) -> given.filledFrom(halved));
        tiers.put(ServiceTier.STANDARD, standard);
        return new PricePeriod(period.from(), period.dayFrom(), period.dayUntil(), tiers);
    }

    private static RateSheet standard(PricePeriod period) {
        RateSheet sheet = period.tiers().get(ServiceTier.STANDARD);
        if (sheet == null) {
            throw new IllegalStateException("a period without standard prices");
        }
        return sheet;
    }
}

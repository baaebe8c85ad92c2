package io.pentameter.aggregation.focus;

import java.util.Arrays;
import java.util.List;

/**
 * The columns that are written, in the order of the file.
 *
 * <p>Source: FOCUS specification 1.2 (git tag v1.2) for names, types, nullability and allowed values; 1.3 for the columns of
 * {@link Since#V1_3}. Columns that begin with {@code x_} are ours. A row is what one token class of one model cost in one hour
 * or day for one combination of tags; the list price is that of the price book, and as no other is known of a call the
 * contracted and the effective cost are the same.
 */
enum FocusColumn {
    BILLED_COST("BilledCost", Kind.DECIMAL, "usd"),
    BILLING_ACCOUNT_ID("BillingAccountId", Kind.TEXT, "tenant_name"),
    BILLING_ACCOUNT_NAME("BillingAccountName", Kind.TEXT, "tenant_name"),
    BILLING_CURRENCY("BillingCurrency", Kind.TEXT, "'USD'"),
    BILLING_PERIOD_END("BillingPeriodEnd", Kind.TIME, "toStartOfMonth(begun) + INTERVAL 1 MONTH"),
    BILLING_PERIOD_START("BillingPeriodStart", Kind.TIME, "toStartOfMonth(begun)"),
    CHARGE_CATEGORY("ChargeCategory", Kind.TEXT, "'Usage'"),
    CHARGE_CLASS("ChargeClass", Kind.TEXT, "CAST(NULL, 'Nullable(String)')"),
    CHARGE_DESCRIPTION(
            "ChargeDescription", Kind.TEXT, "concat(meter, ' of ', if(model = '', 'an unnamed model', model))"),
    CHARGE_FREQUENCY("ChargeFrequency", Kind.TEXT, "'Usage-Based'"),
    CHARGE_PERIOD_END("ChargePeriodEnd", Kind.TIME, "ended"),
    CHARGE_PERIOD_START("ChargePeriodStart", Kind.TIME, "begun"),
    CONSUMED_QUANTITY("ConsumedQuantity", Kind.DECIMAL, "toDecimal128(units, 0)"),
    CONSUMED_UNIT("ConsumedUnit", Kind.TEXT, "unit"),
    CONTRACTED_COST("ContractedCost", Kind.DECIMAL, "usd"),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", Kind.DECIMAL, "price"),
    EFFECTIVE_COST("EffectiveCost", Kind.DECIMAL, "usd"),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", Kind.CLIENT_TEXT, "provider_name"),
    LIST_COST("ListCost", Kind.DECIMAL, "usd"),
    LIST_UNIT_PRICE("ListUnitPrice", Kind.DECIMAL, "price"),
    PRICING_CATEGORY("PricingCategory", Kind.TEXT, "'Standard'"),
    PRICING_QUANTITY("PricingQuantity", Kind.DECIMAL, "toDecimal128(units, 0)"),
    PRICING_UNIT("PricingUnit", Kind.TEXT, "unit"),
    PROVIDER_NAME("ProviderName", Kind.CLIENT_TEXT, "provider_name"),
    PUBLISHER_NAME("PublisherName", Kind.CLIENT_TEXT, "provider_name"),
    REGION_ID("RegionId", Kind.CLIENT_TEXT, "nullIf(region, '')"),
    REGION_NAME("RegionName", Kind.CLIENT_TEXT, "nullIf(region, '')"),
    SERVICE_CATEGORY("ServiceCategory", Kind.TEXT, "'AI and Machine Learning'"),
    SERVICE_NAME("ServiceName", Kind.CLIENT_TEXT, "concat(provider_name, ' models')"),
    SERVICE_SUBCATEGORY("ServiceSubcategory", Kind.TEXT, "'Generative AI'"),
    SKU_ID("SkuId", Kind.CLIENT_TEXT, "nullIf(price_id, '')"),
    SKU_METER("SkuMeter", Kind.TEXT, "meter"),
    SKU_PRICE_DETAILS(
            "SkuPriceDetails",
            Kind.TEXT,
            "toJSONString(map('x_PriceVersion', price_version, 'x_ServiceTier', tier, 'x_TokenType', class))"),
    SKU_PRICE_ID(
            "SkuPriceId",
            Kind.CLIENT_TEXT,
            "if(price_id = '', NULL, concat(price_id, '#', class, '@', price_version))"),
    SUB_ACCOUNT_ID("SubAccountId", Kind.TEXT, "tenant_name"),
    SUB_ACCOUNT_NAME("SubAccountName", Kind.TEXT, "tenant_name"),
    TAGS("Tags", Kind.TEXT, "toJSONString(labels)"),
    X_CALLS("x_Calls", Kind.DECIMAL, "toDecimal128(calls, 0)"),
    X_COST_BASIS("x_CostBasis", Kind.TEXT, "'ledger'"),
    X_MODEL("x_Model", Kind.CLIENT_TEXT, "nullIf(model, '')"),
    X_PRICE_VERSION("x_PriceVersion", Kind.TEXT, "price_version"),
    X_SERVICE_TIER("x_ServiceTier", Kind.CLIENT_TEXT, "tier"),
    X_TOKEN_TYPE("x_TokenType", Kind.TEXT, "class"),
    ALLOCATED_METHOD_DETAILS("AllocatedMethodDetails", Kind.TEXT, "CAST(NULL, 'Nullable(String)')", Since.V1_3),
    ALLOCATED_METHOD_ID("AllocatedMethodId", Kind.TEXT, "CAST(NULL, 'Nullable(String)')", Since.V1_3),
    ALLOCATED_RESOURCE_ID("AllocatedResourceId", Kind.TEXT, "CAST(NULL, 'Nullable(String)')", Since.V1_3),
    ALLOCATED_RESOURCE_NAME("AllocatedResourceName", Kind.TEXT, "CAST(NULL, 'Nullable(String)')", Since.V1_3),
    ALLOCATED_TAGS("AllocatedTags", Kind.TEXT, "CAST(NULL, 'Nullable(String)')", Since.V1_3),
    HOST_PROVIDER_NAME("HostProviderName", Kind.CLIENT_TEXT, "provider_name", Since.V1_3),
    SERVICE_PROVIDER_NAME("ServiceProviderName", Kind.CLIENT_TEXT, "provider_name", Since.V1_3);

    /** What a column holds. */
    private enum Kind {
        DECIMAL,
        TIME,
        /** Made by us. */
        TEXT,
        /** Written by a client, so that a spreadsheet might take it for a formula. */
        CLIENT_TEXT
    }

    /** In which versions it is written. */
    private enum Since {
        V1_2,
        V1_3
    }

    private final String id;
    private final Kind kind;
    private final String sql;
    private final Since since;

    FocusColumn(String id, Kind kind, String sql) {
        this(id, kind, sql, Since.V1_2);
    }

    FocusColumn(String id, Kind kind, String sql, Since since) {
        this.id = id;
        this.kind = kind;
        this.sql = sql;
        this.since = since;
    }

    /** Its name in the file. */
    String id() {
        return id;
    }

    /** The columns of a version. */
    static List<FocusColumn> of(FocusVersion version) {
        return Arrays.stream(values())
                .filter(column -> column.since == Since.V1_2 || version == FocusVersion.V1_3)
                .toList();
    }

    /**
     * Its value with its name.
     *
     * @param isText whether times and texts must be safe in a spreadsheet; else they are typed
     */
    String select(boolean isText) {
        String value = switch (kind) {
            case DECIMAL, TEXT -> sql;
            case TIME ->
                isText
                        ? "formatDateTime(toDateTime(" + sql + ", 'UTC'), '%Y-%m-%dT%H:%i:%SZ')"
                        : "toDateTime64(toDateTime(" + sql + ", 'UTC'), 3, 'UTC')";
            case CLIENT_TEXT ->
                isText
                        ? "if(match(" + sql + ", '^[=+@\\\\-\\\\t\\\\r]'), concat('\\'', " + sql + "), " + sql + ")"
                        : sql;
        };
        return value + " AS " + id;
    }
}

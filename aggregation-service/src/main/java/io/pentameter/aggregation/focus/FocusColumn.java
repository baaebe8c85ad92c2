package io.pentameter.aggregation.focus;

import java.util.Arrays;
import java.util.List;

/**
 * The columns that are written, in the order of the file.
 *
 * <p>Source: FOCUS specification 1.2 (git tag v1.2) for names, types, nullability and allowed values; 1.3 for the columns of
 * {@link Since#V1_3}. Columns that begin with {@code x_} are ours. A row is what one token class of one model cost in one hour
 * or day for one combination of tags; the list price is that of the price book, and as no other is known of a call the
 * contracted and the effective cost are the same. A row of a pool is what one element has of its cost on one day: a purchase that
 * recurs, of as many US dollars at a price of 1, with no quantity consumed. As 1.3 demands of a split cost, everything but the amounts
 * and the columns of the allocation is the same in all rows of a pool and day.
 */
enum FocusColumn {
    BILLED_COST("BilledCost", Kind.DECIMAL, "usd"),
    BILLING_ACCOUNT_ID("BillingAccountId", Kind.TEXT, "tenant_name"),
    BILLING_ACCOUNT_NAME("BillingAccountName", Kind.TEXT, "tenant_name"),
    BILLING_CURRENCY("BillingCurrency", Kind.TEXT, "'USD'"),
    BILLING_PERIOD_END("BillingPeriodEnd", Kind.TIME, "toStartOfMonth(begun) + INTERVAL 1 MONTH"),
    BILLING_PERIOD_START("BillingPeriodStart", Kind.TIME, "toStartOfMonth(begun)"),
    CHARGE_CATEGORY("ChargeCategory", Kind.TEXT, "if(part_of_pool = '', 'Usage', 'Purchase')"),
    CHARGE_CLASS("ChargeClass", Kind.TEXT, "CAST(NULL, 'Nullable(String)')"),
    CHARGE_DESCRIPTION(
            "ChargeDescription",
            Kind.TEXT,
            "if(part_of_pool = '', concat(meter, ' of ', if(model = '', 'an unnamed model', model)), pool_name)"),
    CHARGE_FREQUENCY("ChargeFrequency", Kind.TEXT, "if(part_of_pool = '', 'Usage-Based', 'Recurring')"),
    CHARGE_PERIOD_END("ChargePeriodEnd", Kind.TIME, "ended"),
    CHARGE_PERIOD_START("ChargePeriodStart", Kind.TIME, "begun"),
    CONSUMED_QUANTITY("ConsumedQuantity", Kind.DECIMAL, "if(part_of_pool = '', toDecimal128(units, 0), NULL)"),
    CONSUMED_UNIT("ConsumedUnit", Kind.TEXT, "if(part_of_pool = '', unit, NULL)"),
    CONTRACTED_COST("ContractedCost", Kind.DECIMAL, "usd"),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", Kind.DECIMAL, "price"),
    EFFECTIVE_COST("EffectiveCost", Kind.DECIMAL, "usd"),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", Kind.CLIENT_TEXT, "provider_name"),
    LIST_COST("ListCost", Kind.DECIMAL, "usd"),
    LIST_UNIT_PRICE("ListUnitPrice", Kind.DECIMAL, "price"),
    PRICING_CATEGORY("PricingCategory", Kind.TEXT, "'Standard'"),
    PRICING_QUANTITY("PricingQuantity", Kind.DECIMAL, "if(part_of_pool = '', toDecimal128(units, 9), usd)"),
    PRICING_UNIT("PricingUnit", Kind.TEXT, "unit"),
    PROVIDER_NAME("ProviderName", Kind.CLIENT_TEXT, "provider_name"),
    PUBLISHER_NAME("PublisherName", Kind.CLIENT_TEXT, "provider_name"),
    REGION_ID("RegionId", Kind.CLIENT_TEXT, "nullIf(region, '')"),
    REGION_NAME("RegionName", Kind.CLIENT_TEXT, "nullIf(region, '')"),
    SERVICE_CATEGORY(
            "ServiceCategory",
            Kind.TEXT,
            "transform(pool_kind, ['', 'vector_store', 'logging', 'gateway'],"
                    + " ['AI and Machine Learning', 'Databases', 'Management and Governance', 'Networking'], 'Other')"),
    SERVICE_NAME("ServiceName", Kind.CLIENT_TEXT, "if(part_of_pool = '', concat(provider_name, ' models'), pool_name)"),
    SERVICE_SUBCATEGORY(
            "ServiceSubcategory",
            Kind.TEXT,
            "transform(pool_kind, ['', 'vector_store', 'logging', 'gateway'],"
                    + " ['Generative AI', 'Other (Databases)', 'Observability', 'Application Networking'], 'Other (Other)')"),
    SKU_ID("SkuId", Kind.CLIENT_TEXT, "nullIf(price_id, '')"),
    SKU_METER("SkuMeter", Kind.TEXT, "meter"),
    SKU_PRICE_DETAILS(
            "SkuPriceDetails",
            Kind.TEXT,
            "if(part_of_pool = '', toJSONString(map('x_PriceVersion', price_version, 'x_ServiceTier', tier, 'x_TokenType', class)),"
                    + " toJSONString(map('x_PoolKind', pool_kind, 'x_PoolVersion', price_version)))"),
    SKU_PRICE_ID(
            "SkuPriceId",
            Kind.CLIENT_TEXT,
            "if(price_id = '', NULL, concat(price_id, '#', class, '@', price_version))"),
    SUB_ACCOUNT_ID("SubAccountId", Kind.TEXT, "tenant_name"),
    SUB_ACCOUNT_NAME("SubAccountName", Kind.TEXT, "tenant_name"),
    TAGS("Tags", Kind.TEXT, "toJSONString(labels)", Since.ONLY_V1_2),
    TAGS_OF_ORIGIN("Tags", Kind.TEXT, "if(part_of_pool = '', toJSONString(labels), '{}')", Since.V1_3),
    X_CALLS("x_Calls", Kind.DECIMAL, "toDecimal128(calls, 0)"),
    X_COST_BASIS("x_CostBasis", Kind.TEXT, "if(part_of_pool = '', 'ledger', 'allocated')"),
    X_ALLOCATED_METHOD("x_AllocatedMethod", Kind.TEXT, FocusColumn.METHOD),
    X_MODEL("x_Model", Kind.CLIENT_TEXT, "nullIf(model, '')"),
    X_POOL_ID("x_PoolId", Kind.TEXT, "if(part_of_pool = '', NULL, price_id)"),
    X_POOL_NAME("x_PoolName", Kind.CLIENT_TEXT, "nullIf(pool_name, '')"),
    X_POOL_PART("x_PoolPart", Kind.TEXT, "nullIf(part_of_pool, '')"),
    X_PRICE_BASIS("x_PriceBasis", Kind.TEXT, "basis"),
    X_PRICE_VERSION("x_PriceVersion", Kind.TEXT, "if(part_of_pool = '', price_version, NULL)"),
    X_SERVICE_TIER("x_ServiceTier", Kind.CLIENT_TEXT, "nullIf(tier, '')"),
    X_TOKEN_TYPE("x_TokenType", Kind.TEXT, "if(part_of_pool = '', class, NULL)"),
    ALLOCATED_METHOD_DETAILS(
            "AllocatedMethodDetails",
            Kind.TEXT,
            "if(part_of_pool = '', NULL, toJSONString(map('x_Method', method, 'x_Measure', measure, 'x_Part', part_of_pool)))",
            Since.V1_3),
    ALLOCATED_METHOD_ID("AllocatedMethodId", Kind.TEXT, FocusColumn.METHOD, Since.V1_3),
    ALLOCATED_RESOURCE_ID("AllocatedResourceId", Kind.CLIENT_TEXT, FocusColumn.ELEMENT, Since.V1_3),
    ALLOCATED_RESOURCE_NAME("AllocatedResourceName", Kind.CLIENT_TEXT, FocusColumn.ELEMENT, Since.V1_3),
    ALLOCATED_TAGS("AllocatedTags", Kind.TEXT, "if(part_of_pool = 'shared', toJSONString(labels), NULL)", Since.V1_3),
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
        /** Said otherwise from 1.3 on. */
        ONLY_V1_2,
        V1_3
    }

    /** How a pool was split: {@code metered:tokens}; a pool's rows only. */
    private static final String METHOD =
            "if(part_of_pool = '', NULL, concat(method, if(measure = '', '', concat(':', measure))))";

    /** To whom a share was allocated: {@code feature=search,customer=acme}. */
    private static final String ELEMENT = "if(part_of_pool = 'shared', if(empty(labels), 'unknown',"
            + " arrayStringConcat(arrayMap((name, value) -> concat(name, '=', value), mapKeys(labels), mapValues(labels)), ',')), NULL)";

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
                .filter(column -> switch (column.since) {
                    case V1_2 -> true;
                    case ONLY_V1_2 -> version == FocusVersion.V1_2;
                    case V1_3 -> version == FocusVersion.V1_3;
                })
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

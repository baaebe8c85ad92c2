package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.Dimensions;
import java.util.List;

/** The dimensions that spans and the metrics of clients have in common, as columns of both tables. */
public final class DimensionColumns {

    /** In the order in which {@link #write} writes them. */
    public static final List<String> NAMES = List.of(
            "feature",
            "route",
            "customer",
            "user",
            "session",
            "intent",
            "prompt_name",
            "prompt_version",
            "model",
            "requested_model",
            "provider",
            "environment",
            "region",
            "release",
            "service",
            "operation",
            "language");

    private DimensionColumns() {}

    static RowBinary write(Dimensions dimensions, RowBinary row) {
        return row.string(dimensions.getFeature())
                .string(dimensions.getRoute())
                .string(dimensions.getCustomer())
                .string(dimensions.getUser())
                .string(dimensions.getSession())
                .string(dimensions.getIntent())
                .string(dimensions.getPromptName())
                .string(dimensions.getPromptVersion())
                .string(dimensions.getModel())
                .string(dimensions.getRequestedModel())
                .string(dimensions.getProvider())
                .string(dimensions.getEnvironment())
                .string(dimensions.getRegion())
                .string(dimensions.getRelease())
                .string(dimensions.getService())
                .string(dimensions.getOperation())
                .string(dimensions.getLanguage());
    }
}

package io.pentameter.pricing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of models on Bedrock: {@code anthropic.claude-sonnet-4-5-20250929-v1:0}, with a region before it for an inference
 * profile ({@code eu.anthropic...}), or either at the end of an ARN. Only the tenant knows what an application inference
 * profile or a provisioned model stands for: it has to name them.
 */
final class BedrockNames {

    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:bedrock:.*");
    private static final Pattern REGION =
            Pattern.compile("(?:us|us-gov|eu|apac|au|jp|ca|global)\\.((?:[a-z0-9-]+)\\.[a-z0-9].*)");

    private BedrockNames() {}

    static boolean isArn(String model) {
        return ARN.matcher(model).matches();
    }

    /** The name without the region of an inference profile; empty if it has none. */
    static Optional<String> withoutRegion(String name) {
        Matcher matcher = REGION.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

package io.pentameter.ingest.metric;

import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanKinds;
import io.pentameter.ingest.dimension.Dimension;
import io.pentameter.ingest.dimension.DimensionValues;
import io.pentameter.ingest.dimension.ServiceWord;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.pricing.ProviderNames;
import java.util.HashSet;
import java.util.Set;

/** What a point is grouped by: the dimensions of spans, found in the same attributes, and the attributes that are left. */
final class PointDimensions {

    private static final int MAX_DIMENSION = 256;
    private static final int MAX_ATTRIBUTE_NAME = 256;

    /** Longest value of an attribute, in characters. */
    private static final int MAX_ATTRIBUTE = 1_000;

    private static final Field[] TAKEN = {
        Field.FEATURE,
        Field.ROUTE,
        Field.CUSTOMER,
        Field.USER,
        Field.SESSION,
        Field.INTENT,
        Field.PROMPT_NAME,
        Field.PROMPT_VERSION,
        Field.ENVIRONMENT,
        Field.REGION,
        Field.RELEASE,
        Field.PROVIDER,
        Field.REQUEST_MODEL,
        Field.RESPONSE_MODEL,
        Field.OPERATION,
        Field.SERVICE
    };

    private final Sender sender;
    private final Pseudonyms pseudonyms;
    private final Set<String> found;

    /** @param found gets the words of what was redacted */
    PointDimensions(Sender sender, Pseudonyms pseudonyms, Set<String> found) {
        this.sender = sender;
        this.pseudonyms = pseudonyms;
        this.found = found;
    }

    void put(Reading point, Reading resource, MetricRecord.Builder into) {
        into.setDimensions(dimensions(point, resource));
        Set<String> taken = new HashSet<>();
        for (Field field : TAKEN) {
            String name = point.nameOf(field);
            if (name != null) {
                taken.add(name);
            }
        }
        Attributes attributes = point.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i).text();
            if (!taken.contains(name) && name.length() <= MAX_ATTRIBUTE_NAME && !into.containsAttributes(name)) {
                into.putAttributes(name, shortened(redacted(attributes.text(i)), MAX_ATTRIBUTE));
            }
        }
    }

    private Dimensions dimensions(Reading point, Reading resource) {
        DimensionValues values =
                DimensionValues.of(point, resource, sender.settings().mapping());
        String requested = point.textOrEmpty(Field.REQUEST_MODEL);
        String answered = point.textOrEmpty(Field.RESPONSE_MODEL);
        return Dimensions.newBuilder()
                .setFeature(value(values, Dimension.FEATURE))
                .setRoute(value(values, Dimension.ROUTE))
                .setCustomer(value(values, Dimension.CUSTOMER))
                .setUser(value(values, Dimension.USER))
                .setSession(value(values, Dimension.SESSION))
                .setIntent(value(values, Dimension.INTENT))
                .setPromptName(value(values, Dimension.PROMPT_NAME))
                .setPromptVersion(value(values, Dimension.PROMPT_VERSION))
                .setEnvironment(value(values, Dimension.ENVIRONMENT))
                .setRegion(value(values, Dimension.REGION))
                .setRelease(value(values, Dimension.RELEASE))
                .setModel(word(answered.isEmpty() ? requested : answered))
                .setRequestedModel(word(requested))
                .setProvider(word(ProviderNames.canonical(point.textOrEmpty(Field.PROVIDER))))
                .setService(word(ServiceWord.of(point, resource)))
                .setOperation(word(SpanKinds.word(point)))
                .build();
    }

    private String value(DimensionValues values, Dimension dimension) {
        String value = shortened(values.get(dimension), MAX_DIMENSION);
        if (value.isEmpty()) {
            return value;
        }
        String kept = sender.settings().redactor().redactId(value, found);
        return kept.equals(value) || !dimension.isIdentity()
                ? kept
                : kept + "#" + pseudonyms.of(sender.tenant(), value);
    }

    private String word(String text) {
        return shortened(text, MAX_DIMENSION);
    }

    private String redacted(String text) {
        return sender.settings().redactor().redact(text, found);
    }

    private static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }
}

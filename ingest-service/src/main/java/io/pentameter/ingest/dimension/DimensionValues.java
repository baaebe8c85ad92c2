package io.pentameter.ingest.dimension;

import io.pentameter.ingest.dialect.Reading;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of a span's dimensions while a delivery is worked on.
 *
 * <p>Precedence: the tenant's rules; the span's own attributes; then for what belongs to a request (feature, route,
 * customer, user, session, intent, prompt) the nearest ancestor in the delivery that has a value and after it the
 * resource, for what belongs to a process (environment, region, release) the resource and after it the ancestor.
 */
@SuppressWarnings("EnumOrdinal") // the index of an array that lives as long as the delivery; a map costs twice as much
public final class DimensionValues {

    private static final Dimension[] ALL = Dimension.values();

    private final Reading resource;
    private final @Nullable String[] own = new String[ALL.length];

    private DimensionValues(Reading resource) {
        this.resource = resource;
    }

    /** What the rules and the span's own attributes say. */
    public static DimensionValues of(Reading span, Reading resource, MappingRuleSet rules) {
        DimensionValues values = new DimensionValues(resource);
        for (int i = 0; i < ALL.length; i++) {
            String text = rules.isEmpty() ? null : rules.text(ALL[i], span.attributes(), resource.attributes());
            values.own[i] = text != null ? text : span.text(ALL[i].field());
        }
        return values;
    }

    /** Takes over what this span does not say from its nearest ancestor, whose values are complete already. */
    public void inherit(DimensionValues ancestor) {
        for (int i = 0; i < ALL.length; i++) {
            boolean isOpen = own[i] == null && (ALL[i].isAncestorFirst() || !resource.has(ALL[i].field()));
            if (isOpen) {
                own[i] = ancestor.own[i];
            }
        }
    }

    /** Takes over one value, if there is none yet. */
    public void fill(Dimension dimension, DimensionValues from) {
        if (get(dimension).isEmpty()) {
            own[dimension.ordinal()] = from.get(dimension);
        }
    }

    /** Gives one value, if there is none yet. */
    public void fill(Dimension dimension, String value) {
        if (get(dimension).isEmpty()) {
            own[dimension.ordinal()] = value;
        }
    }

    /** The value, empty if there is none. */
    public String get(Dimension dimension) {
        String text = own[dimension.ordinal()];
        return text == null ? resource.textOrEmpty(dimension.field()) : text;
    }

    @Override
    public String toString() {
        return Arrays.toString(own);
    }
}

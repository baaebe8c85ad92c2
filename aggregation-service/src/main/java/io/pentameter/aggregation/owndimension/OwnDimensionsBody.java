package io.pentameter.aggregation.owndimension;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A declaration as it is sent; nothing of it has been checked.
 *
 * @param dimensions all that shall be declared, by their names without {@code attr.}; empty for none
 */
record OwnDimensionsBody(@Nullable List<@Nullable String> dimensions) {

    /** The names in their order, or an answer that says everything that is wrong with them. */
    List<String> read() {
        if (dimensions == null) {
            throw ProblemException.invalid(
                    "/dimensions",
                    "is required: a list of at most %d names of attributes, empty for none"
                            .formatted(OwnDimensions.MAX));
        }
        if (dimensions.size() > OwnDimensions.MAX) {
            throw ProblemException.invalid(
                    "/dimensions",
                    "at most %d own dimensions are allowed: %d".formatted(OwnDimensions.MAX, dimensions.size()));
        }
        List<Fault> faults = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < dimensions.size(); i++) {
            String name = dimensions.get(i);
            String fault = faultOf(name);
            if (!fault.isEmpty()) {
                faults.add(new Fault("/dimensions/" + i, fault));
            } else if (!names.add(String.valueOf(name))) {
                faults.add(new Fault("/dimensions/" + i, "stands there twice: '%s'".formatted(name)));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return List.copyOf(names);
    }

    /** Empty if it is the name of an attribute. */
    private static String faultOf(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "must be the name of an attribute, of 1 to %d characters: %s"
                    .formatted(Dimension.MAX_ATTRIBUTE, name == null ? "null" : "'" + name + "'");
        }
        if (name.length() > Dimension.MAX_ATTRIBUTE) {
            return "must have at most %d characters: %d".formatted(Dimension.MAX_ATTRIBUTE, name.length());
        }
        if (name.startsWith(Dimension.ATTRIBUTE)) {
            return "must be written without '%1$s': '%2$s'; '%3$s' is declared, and asked for as '%2$s'"
                    .formatted(Dimension.ATTRIBUTE, name, name.substring(Dimension.ATTRIBUTE.length()));
        }
        return name.codePoints().anyMatch(OwnDimensionsBody::isNoText)
                ? "must have no control characters and no halves of characters: '%s'".formatted(name)
                : "";
    }

    private static boolean isNoText(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}

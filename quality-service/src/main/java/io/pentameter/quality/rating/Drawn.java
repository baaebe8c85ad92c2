package io.pentameter.quality.rating;

import java.util.List;

/**
 * How a span came to be graded; stored with each grade, because no estimate can be made without it.
 *
 * @param probability   with which it was chosen, above 0 and at most 1
 * @param rules         every rule that matched
 * @param rv            the permanent random number of its request, 14 hexadecimal digits
 * @param policyVersion which policy decided
 */
public record Drawn(double probability, List<String> rules, String rv, String policyVersion) {

    public Drawn {
        rules = List.copyOf(rules);
    }
}
